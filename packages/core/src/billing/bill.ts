import { divideHalfUp, toUsd, type Picodollars } from '../money/picodollars.ts';
import type { PriceListHead } from '../pricing/price-list.ts';
import { times, zero } from '../pricing/quantity.ts';
import type { Bill, Line } from './bill-schema.ts';
import { priceAt, toLine, type Priced } from './line.ts';
import type { Metered } from './metered.ts';

/** How often something was used, and on what terms. */
export interface Times {
  /** How many times the metered quantity was used. */
  readonly count: bigint;
  /** Whether the monthly free allowances are taken off. */
  readonly freeTier: boolean;
}

/** A line of a bill with its amount as money. */
export interface PricedLine {
  readonly line: Line;
  readonly amount: Picodollars;
}

/** A bill with its total as money, for comparing. */
export interface Billed {
  readonly bill: Bill;
  readonly total: Picodollars;
}

/** Prices what was metered so many times over. */
export function lineOf(item: Metered, { count, freeTier }: Times): PricedLine {
  const priced = price(item, count, freeTier);
  return { line: toLine(item.price, priced), amount: priced.amount };
}

/** The bill of these lines; the total is exactly their sum. */
export function billOf(
  priced: readonly PricedLine[],
  { date, sources }: Pick<PriceListHead, 'date' | 'sources'>,
): Billed {
  const lines = priced.map(({ line }) => line);
  let total = 0n;
  for (const { amount } of priced) total += amount;
  return {
    bill: { lines, totalUsd: toUsd(total), priceList: { date, sources: [...sources] } },
    total,
  };
}

/** The total of the lines that `lineOf` would make, without making them. */
export function totalOf(metered: readonly Metered[], { count, freeTier }: Times): Picodollars {
  if (count === 0n) return 0n;
  let total = 0n;
  for (const item of metered) total += amountOf(item, count, freeTier);
  return total;
}

/** What `price` would come to; what lies in the first tier needs no slices. */
function amountOf(item: Metered, count: bigint, freeTier: boolean): Picodollars {
  const { tiers, allowance, tiersCount } = item.price;
  const [first] = tiers;
  if (first === undefined) return 0n;
  const { denominator } = item.quantity;
  const used = item.quantity.numerator * count;
  const isAllowed = freeTier && allowance.numerator > 0n;
  const billed = isAllowed
    ? used * allowance.denominator - allowance.numerator * denominator
    : used;
  if (billed <= 0n) return 0n;
  const parts = isAllowed ? denominator * allowance.denominator : denominator;
  if (first.upTo !== null) {
    const isPast =
      tiersCount === 'used' ? used > first.upTo * denominator : billed > first.upTo * parts;
    if (isPast) return price(item, count, freeTier).amount;
  }
  return divideHalfUp(billed * first.unitPrice, parts);
}

function price(item: Metered, count: bigint, freeTier: boolean): Priced {
  const used = times(item.quantity, count);
  return priceAt(item.price, used, freeTier ? item.price.allowance : zero);
}
