import type { Metered } from '../billing/metered.ts';
import { totalOf } from '../billing/bill.ts';
import type { Picodollars } from '../money/picodollars.ts';
import { exactly, quantity, type Quantity } from '../pricing/quantity.ts';
import type { Workload } from './workload.ts';

/** An instance or a machine that is kept for a month. */
export interface InstanceMonth {
  readonly each: readonly Metered[];
  /** How many requests it carries at the same time. */
  readonly carries: number;
}

/** What is kept for the whole month, and how much of it. */
export interface Kept extends InstanceMonth {
  /** How many of them a request needs; what is needed together is rounded up, and one is always kept. */
  readonly perRequest: Quantity;
}

/** What a month of an offer uses, by the number of requests. */
export interface Curve {
  /** What one request uses; every meter of it is proportional to the requests. */
  readonly perRequest: readonly Metered[];
  /** `null` where nothing is kept. */
  readonly kept: Kept | null;
  readonly freeTier: boolean;
}

/** Hours in a month as the providers reckon it: 8,760 hours a year. */
export const monthHours = 730;

const monthMs = BigInt(monthHours) * 3_600_000n;

/** The requests in flight at the busiest moment, for each request of a month. */
export function inFlightPerRequest({ durationMs, peakToAverage }: Workload): Quantity {
  const [duration, peak] = [exactly(durationMs), exactly(peakToAverage)];
  return quantity(
    duration.numerator * peak.numerator,
    duration.denominator * peak.denominator * monthMs,
  );
}

/** How many are kept for each request of a month, where each carries so many in flight. */
export function keptPerRequest({ numerator, denominator }: Quantity, carries: number): Quantity {
  return quantity(numerator, denominator * BigInt(carries));
}

/** How many are kept for so many requests a month. */
export function keptAt({ numerator, denominator }: Quantity, requests: bigint): bigint {
  const needed = (requests * numerator + denominator - 1n) / denominator;
  return needed > 1n ? needed : 1n;
}

/** The total of the bill for so many requests, as it is printed. */
export function printedAt({ perRequest, kept, freeTier }: Curve, requests: bigint): Picodollars {
  const ofRequests = totalOf(perRequest, { count: requests, freeTier });
  if (kept === null) return ofRequests;
  return ofRequests + totalOf(kept.each, { count: keptAt(kept.perRequest, requests), freeTier });
}
