import * as v from 'valibot';
import { toUsd, type Picodollars } from '../money/picodollars.ts';
import { takeAllowance } from '../pricing/free-allowance.ts';
import { graduated, type Slice } from '../pricing/graduated.ts';
import type { PriceSheet } from '../pricing/price-sheet.ts';
import { times, toDecimal, zero, type Quantity } from '../pricing/quantity.ts';
import type { Metered } from './metered.ts';

const Decimal = v.pipe(
  v.string(),
  v.regex(/^\d+(\.\d{1,12})?$/),
  v.description('An exact decimal'),
);

const line = {
  meter: v.pipe(v.string(), v.description('What is metered')),
  unit: v.pipe(v.string(), v.description('The unit of used, free and billed')),
  used: v.pipe(Decimal, v.description('The metered quantity, after the rounding of the provider')),
  free: v.pipe(Decimal, v.description('The part of it that the free allowance covers')),
  billed: v.pipe(Decimal, v.description('What is left: used less free')),
};
const paid = v.pipe(
  Decimal,
  v.description('US dollars, rounded half up to the picodollar (1e-12) in each tier'),
);
const perUnit = v.pipe(Decimal, v.description('US dollars per unit'));

/** One line of a bill: one unit price, or the tiers of a graduated price. */
export const LineSchema = v.union([
  v.strictObject({ ...line, unitPriceUsd: perUnit, amountUsd: paid }),
  v.strictObject({
    ...line,
    tiers: v.array(
      v.strictObject({
        upTo: v.pipe(
          v.nullable(Decimal),
          v.description('The billed quantity at which the tier ends; null is without end'),
        ),
        unitPriceUsd: perUnit,
        billed: Decimal,
        amountUsd: paid,
      }),
    ),
    amountUsd: paid,
  }),
]);

/** What a month costs, line by line. */
export const BillSchema = v.strictObject({
  lines: v.array(LineSchema),
  totalUsd: v.pipe(Decimal, v.description('Exactly the sum of the amounts of the lines')),
  sheet: v.strictObject({
    date: v.pipe(
      v.string(),
      v.isoDate(),
      v.description('When the prices were last compared with their sources'),
    ),
    sources: v.pipe(
      v.array(v.string()),
      v.description('Addresses of the pages and files that the prices come from'),
    ),
  }),
});

/** One line of a bill; amounts and quantities are exact decimals. */
export type Line = v.InferOutput<typeof LineSchema>;

/** What a month costs, line by line. */
export type Bill = v.InferOutput<typeof BillSchema>;

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
