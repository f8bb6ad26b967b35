import {
  exactly,
  plus,
  quantity,
  ratio,
  roundUp,
  times,
  type Quantity,
} from '../pricing/quantity.ts';
import type { InstanceBilling } from './instance-traffic.ts';

interface EvenTraffic {
  /** Time from one request to the next. */
  readonly intervalMs: Quantity;
  readonly durationMs: number;
  readonly concurrency: number;
}

/**
 * Billed instances on average under even arrivals, exactly. Each request takes the place that the one that ends just
 * before it leaves, so that all instances but the last are full; with one place in the last (or in each), it is idle
 * between two requests.
 */
export function evenInstances(traffic: EvenTraffic, billing: InstanceBilling): Quantity {
  const places = roundUp(ratio(exactly(traffic.durationMs), traffic.intervalMs));
  const concurrency = BigInt(traffic.concurrency);
  const share = () => billedShare(times(traffic.intervalMs, places), traffic.durationMs, billing);
  if (concurrency === 1n) return times(share(), places);
  const full = (places - 1n) / concurrency;
  return places - full * concurrency > 1n ? quantity(full + 1n) : plus(quantity(full), share());
}

/** After so many requests without a gap between periods, an instance counts as always billed. */
const manyRequests = 1000n;

/** Billed share of an instance to which a request comes at every interval, none while one is in flight. */
function billedShare(intervalMs: Quantity, durationMs: number, billing: InstanceBilling): Quantity {
  const duration = exactly(durationMs);
  // In units in which everything is whole.
  const unitsPerMs = intervalMs.denominator * duration.denominator;
  const interval = intervalMs.numerator * duration.denominator;
  const busy = duration.numerator * intervalMs.denominator;
  const step = BigInt(billing.stepMs) * unitsPerMs;
  const minimum = BigInt(billing.minimumMs) * unitsPerMs;
  const first = minimum > interval ? (minimum - 1n) / interval : 0n;
  for (let before = first; before < first + manyRequests; before += 1n) {
    const end = before * interval + busy;
    const rounded = ((end + step - 1n) / step) * step;
    const billed = rounded > minimum ? rounded : minimum;
    const next = (before + 1n) * interval;
    if (next >= billed) return quantity(billed, next);
  }
  return quantity(1n);
}
