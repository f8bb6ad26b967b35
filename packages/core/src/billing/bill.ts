import { toUsd, type Picodollars } from '../money/picodollars.ts';
import type { PriceListHead } from '../pricing/price-list.ts';
import { zero } from '../pricing/quantity.ts';
import type { Bill, Line } from './bill-schema.ts';
import { priceAt, toLine } from './line.ts';
import type { Metered } from './metered.ts';

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

/** Prices what was metered; `freeTier` deducts the monthly allowance. */
export function lineOf({ quantity, price }: Metered, freeTier: boolean): PricedLine {
  const priced = priceAt(price, quantity, freeTier ? price.allowance : zero);
  return { line: toLine(price, priced), amount: priced.amount };
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
