import { roundUpToStep } from '../pricing/rounding-step.ts';
import { billsEachRequest, type InstanceBilling } from './instance-traffic.ts';

/** A request at a known time, in whole milliseconds from any origin. */
interface Arrival {
  readonly atMs: number;
  readonly durationMs: number;
}

interface InstanceTimeOptions extends InstanceBilling {
  /** Requests that an instance serves at the same time. */
  readonly concurrency: number;
}

/**
 * Billed time of all instances that serve these requests. A request goes to the busiest instance with room, then to one
 * that is billed but idle, then to a new one; at equal instants requests end before others arrive.
 */
export function instanceTimeMs(
  arrivals: readonly Arrival[],
  { concurrency, ...billing }: InstanceTimeOptions,
): number {
  const periods: Period[] = [];
  for (const { atMs, durationMs } of arrivals.toSorted(byTime)) {
    for (const each of periods) each.endsMs = each.endsMs.filter((endMs) => endMs > atMs);
    const isOpen = (each: Period) =>
      each.endsMs.length > 0 ||
      (!billsEachRequest(concurrency, billing) && atMs < each.fromMs + billedMs(each, billing));
    const [busiest] = periods
      .filter((each) => each.endsMs.length < concurrency && isOpen(each))
      .toSorted((a, b) => b.endsMs.length - a.endsMs.length);
    const period = busiest ?? { endsMs: [], fromMs: atMs, toMs: atMs };
    if (busiest === undefined) periods.push(period);
    period.endsMs.push(atMs + durationMs);
    period.toMs = Math.max(period.toMs, atMs + durationMs);
  }
  return periods.reduce((sum, each) => sum + billedMs(each, billing), 0);
}

/** An active period of an instance. */
interface Period {
  /** End of each request in flight. */
  endsMs: number[];
  readonly fromMs: number;
  toMs: number;
}

function byTime(a: Arrival, b: Arrival): number {
  return a.atMs - b.atMs || a.durationMs - b.durationMs;
}

function billedMs({ fromMs, toMs }: Period, { stepMs, minimumMs }: InstanceBilling): number {
  return Math.max(minimumMs, roundUpToStep(toMs - fromMs, stepMs));
}
