import { toUsd, type Picodollars } from '../money/picodollars.ts';
import { takeAllowance } from '../pricing/free-allowance.ts';
import { graduated, type Slice } from '../pricing/graduated.ts';
import type { PriceSheet } from '../pricing/price-sheet.ts';
import { times, toDecimal, zero, type Quantity } from '../pricing/quantity.ts';
import type { Bill, Line } from './bill-schema.ts';
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
    lines.push(toLine(item, priced));
    total += priced.amount;
  }
  const { date, sources } = sheet;
  return { bill: { lines, totalUsd: toUsd(total), sheet: { date, sources: [...sources] } }, total };
}

/** A bill that shares nothing with the one it is a copy of. */
export function copyOf({ lines, totalUsd, sheet }: Bill): Bill {
  return {
    lines: lines.map((each) =>
      'tiers' in each ? { ...each, tiers: each.tiers.map((tier) => ({ ...tier })) } : { ...each },
    ),
    totalUsd,
    sheet: { date: sheet.date, sources: [...sheet.sources] },
  };
}

/** The total of the bill that `billOf` would make, without its lines. */
export function totalOf(
  metered: readonly Metered[],
  { count, freeTier }: Omit<BillOptions, 'sheet'>,
): Picodollars {
  return metered.reduce((total, item) => total + price(item, count, freeTier).amount, 0n);
}

interface Priced {
  readonly used: Quantity;
  readonly free: Quantity;
  readonly billed: Quantity;
  readonly slices: readonly Slice[];
  readonly amount: Picodollars;
}

function price(item: Metered, count: bigint, freeTier: boolean): Priced {
  const used = times(item.quantity, count);
  const { free, billed } = takeAllowance(used, freeTier ? item.price.allowance : zero);
  const slices = graduated(billed, item.price.tiers);
  const amount = slices.reduce((sum, slice) => sum + slice.amount, 0n);
  return { used, free, billed, slices, amount };
}

function toLine({ meter, price: { unit, tiers } }: Metered, priced: Priced): Line {
  const used = toDecimal(priced.used);
  const free = toDecimal(priced.free);
  const billed = toDecimal(priced.billed);
  const amountUsd = toUsd(priced.amount);
  const [only] = tiers;
  if (tiers.length === 1 && only !== undefined) {
    return { meter, unit, used, free, billed, unitPriceUsd: only.unitPriceUsd, amountUsd };
  }
  const printed = tiers.map(({ upToPrinted, unitPriceUsd }, index) => {
    const slice = priced.slices[index];
    return {
      upTo: upToPrinted,
      unitPriceUsd,
      billed: toDecimal(slice?.billed ?? zero),
      amountUsd: toUsd(slice?.amount ?? 0n),
    };
  });
  return { meter, unit, used, free, billed, tiers: printed, amountUsd };
}
