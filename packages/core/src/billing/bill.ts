import { divideHalfUp, toUsd, type Picodollars } from '../money/picodollars.ts';
import type { SheetHead } from '../pricing/price-sheet.ts';
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
export function billOf(priced: readonly PricedLine[], { date, sources }: SheetHead): Billed {
  const lines = priced.map(({ line }) => line);
  const total = priced.reduce((sum, { amount }) => sum + amount, 0n);
  return { bill: { lines, totalUsd: toUsd(total), sheet: { date, sources: [...sources] } }, total };
}

/** The total of the lines that `lineOf` would make, without making them. */
export function totalOf(metered: readonly Metered[], { count, freeTier }: Times): Picodollars {
  if (count === 0n) return 0n;
  return metered.reduce((total, item) => total + amountOf(item, count, freeTier), 0n);
}

/** What `price` would come to; one price for every unit needs no slices. */
function amountOf(item: Metered, count: bigint, freeTier: boolean): Picodollars {
  const { tiers, allowance } = item.price;
  const [only] = tiers;
  if (tiers.length > 1 || only === undefined || (freeTier && allowance.numerator > 0n)) {
    return price(item, count, freeTier).amount;
  }
  const { numerator, denominator } = item.quantity;
  return divideHalfUp(numerator * count * only.unitPrice, denominator);
}

function price(item: Metered, count: bigint, freeTier: boolean): Priced {
  const used = times(item.quantity, count);
  return priceAt(item.price, used, freeTier ? item.price.allowance : zero);
}
