import type { Metered } from '../billing/metered.ts';
import { lineOf, totalOf, type PricedLine } from '../billing/bill.ts';
import type { Picodollars } from '../money/picodollars.ts';
import { exactly, quantity, type Quantity } from '../pricing/quantity.ts';
import type { Workload } from './workload.ts';

/** A month of something that is kept. */
export interface Month {
  readonly each: readonly Metered[];
  /** What one costs, where any number costs that many times as much; else `null`. */
  readonly costOfOne: Picodollars | null;
  /** The same as the lines of a bill. */
  readonly linesOfOne: readonly PricedLine[] | null;
}

/** An instance or a machine that is kept for a month. */
export interface InstanceMonth {
  readonly month: Month;
  /** How many requests it carries at the same time. */
  readonly carries: number;
}

/** What is kept for the whole month, and how much of it. */
export interface Kept {
  readonly month: Month;
  readonly share: Share;
}

/** How much each of what is kept takes of the requests. */
export interface Share {
  /** How many requests it carries at the same time. */
  readonly carries: number;
  /** How many of them a request needs; what is needed together is rounded up, and one is always kept. */
  readonly perRequest: Quantity;
  /** How many are kept for the requests of the workload. */
  readonly count: bigint;
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

/** The share of each that carries so many; worked out once for all plans and servers of a workload. */
export function sharesOf(
  { requestsPerMonth }: Workload,
  { numerator, denominator }: Quantity,
): (carries: number) => Share {
  const requests = BigInt(requestsPerMonth);
  const known = new Map<number, Share>();
  return (carries) => {
    const before = known.get(carries);
    if (before !== undefined) return before;
    const perRequest = quantity(numerator, denominator * BigInt(carries));
    const share = { carries, perRequest, count: keptAt(perRequest, requests) };
    known.set(carries, share);
    return share;
  };
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
  return ofRequests + costOf(kept.month, keptAt(kept.share.perRequest, requests), freeTier);
}

/** What so many that are kept for a month cost. */
export function costOf({ each, costOfOne }: Month, count: bigint, freeTier: boolean): Picodollars {
  if (costOfOne === null) return totalOf(each, { count, freeTier });
  return count === 1n ? costOfOne : count * costOfOne;
}

/** A month of what is kept in one comparison alone. */
export function oneMonth(each: readonly Metered[]): Month {
  return { each, costOfOne: null, linesOfOne: null };
}

/** A month of what is kept in many comparisons, with its cost worked out. */
export function toMonth(each: readonly Metered[]): Month {
  const isLevel = each.every(
    ({ quantity: { numerator, denominator }, price: { tiers, allowance } }) =>
      tiers.length === 1 &&
      allowance.numerator === 0n &&
      (numerator * (tiers[0]?.unitPrice ?? 0n)) % denominator === 0n,
  );
  if (!isLevel) return oneMonth(each);
  const one = { count: 1n, freeTier: false };
  return { each, costOfOne: totalOf(each, one), linesOfOne: each.map((item) => lineOf(item, one)) };
}
