import type { Metered } from '../billing/metered.ts';
import { totalOf } from '../billing/bill.ts';
import type { Picodollars } from '../money/picodollars.ts';
import { exactly, quantity, times, type Quantity } from '../pricing/quantity.ts';
import type { Workload } from './workload.ts';

/** What is kept for the whole month, and how much of it. */
export interface Kept {
  /** What one instance or machine uses in a month. */
  readonly each: readonly Metered[];
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

/** What is kept, where each carries so many requests in flight. */
export function keptFor(inFlight: Quantity, each: readonly Metered[], carries: number): Kept {
  const { numerator, denominator } = inFlight;
  return { each, perRequest: quantity(numerator, denominator * BigInt(carries)) };
}

/** A function of the region that is worked out once for each. */
export function onceARegion<Value>(make: (region: string) => Value): (region: string) => Value {
  const known = new Map<string, Value>();
  return (region) => {
    const value = known.get(region) ?? make(region);
    known.set(region, value);
    return value;
  };
}

/** How many are kept for so many requests a month. */
export function keptAt({ perRequest }: Kept, requests: bigint): bigint {
  const { numerator, denominator } = perRequest;
  const needed = (requests * numerator + denominator - 1n) / denominator;
  return needed > 1n ? needed : 1n;
}

/** All that a month of so many requests uses. */
export function usedAt({ perRequest, kept }: Curve, requests: bigint): readonly Metered[] {
  const used = perRequest.map((each) => timesMetered(each, requests));
  if (kept === null) return used;
  const count = keptAt(kept, requests);
  return [...used, ...kept.each.map((each) => timesMetered(each, count))];
}

/** The total of the bill for so many requests, as it is printed. */
export function printedAt({ perRequest, kept, freeTier }: Curve, requests: bigint): Picodollars {
  const ofRequests = totalOf(perRequest, { count: requests, freeTier });
  if (kept === null) return ofRequests;
  return ofRequests + totalOf(kept.each, { count: keptAt(kept, requests), freeTier });
}

function timesMetered({ quantity: each, price }: Metered, count: bigint): Metered {
  return { quantity: times(each, count), price };
}
