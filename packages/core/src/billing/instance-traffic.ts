import * as v from 'valibot';
import { oneOf, real } from '../input-fields.ts';
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
  /** A multiple of the step, 0 without one. */
  readonly minimumMs: number;
}

/** Billed time of an active period that serves one request. */
export function shortestPeriodMs(durationMs: number, billing: InstanceBilling): number {
  return Math.max(billing.minimumMs, roundUpToStep(durationMs, billing.stepMs));
}

/** True where each request is a period of its own, whatever else arrives. */
export function billsEachRequest(concurrency: number, billing: InstanceBilling): boolean {
  return concurrency === 1 && billing.minimumMs <= billing.stepMs;
}

/** How requests arrive, as bills and workloads say it. */
export const arrivalFields = {
  arrivals: v.optional(oneOf(['random', 'even']), 'random'),
  /** For 1/peakToAverage of the month requests arrive at so many times the average rate, else none. */
  peakToAverage: v.optional(real(1, 1_000_000), 1),
};
