import { roundUpToStep } from '../pricing/rounding-step.ts';

/** Requests that arrive at random (a Poisson process), or each as long after the previous one as the next. */
export type Arrivals = 'random' | 'even';

/** Requests of one function while traffic is on. */
export interface InstanceTraffic {
  readonly ratePerMs: number;
  readonly durationMs: number;
  /** Requests that an instance serves at the same time. */
  readonly concurrency: number;
  readonly arrivals: Arrivals;
}

/** Rounding of an active period of an instance: at least the minimum, then up to whole steps. */
export interface InstanceBilling {
  readonly stepMs: number;
  /** A multiple of the step, or 0. */
  readonly minimumMs: number;
}

/** Billed time of an active period that serves one request. */
export function shortestPeriodMs(durationMs: number, billing: InstanceBilling): number {
  return Math.max(billing.minimumMs, roundUpToStep(durationMs, billing.stepMs));
}

/** True where each request is a period of its own, whatever else arrives. */
export function billsEachRequest(concurrency: number, { minimumMs }: InstanceBilling): boolean {
  return concurrency === 1 && minimumMs === 0;
}
