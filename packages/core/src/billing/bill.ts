import { divideHalfUp, toUsd, type Picodollars } from '../money/picodollars.ts';
import type { PriceSheet } from '../pricing/price-sheet.ts';
import { times, zero } from '../pricing/quantity.ts';
import type { Bill, Line } from './bill-schema.ts';
import { priceAt, toLine, type Priced } from './line.ts';
import type { Metered } from './metered.ts';

/** How metered quantities become a bill. */
export interface BillOptions {
  /** How many times the metered quantities were used. */
  readonly count: bigint;
  /** Whether the monthly free allowances are taken off. */
  readonly freeTier: boolean;
  readonly sheet: PriceSheet;
}

/** A bill with its total as money, for comparing. */
export interface Billed {
  readonly bill: Bill;
  readonly total: Picodollars;
}

/** Prices what was metered, line by line; the total is exactly the sum of the lines. */
export function billOf(metered: readonly Metered[], options: BillOptions): Billed {
  const { count, freeTier, sheet } = options;
  const lines: Line[] = [];
  let total = 0n;
  for (const item of metered) {
    const priced = price(item, count, freeTier);
    lines.push(toLine(item.price, priced));
    total += priced.amount;
  }
  const { date, sources } = sheet;
  return { bill: { lines, totalUsd: toUsd(total), sheet: { date, sources: [...sources] } }, total };
}

/** The total of the bill that `billOf` would make, without its lines. */
export function totalOf(
  metered: readonly Metered[],
  { count, freeTier }: Omit<BillOptions, 'sheet'>,
): Picodollars {
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
