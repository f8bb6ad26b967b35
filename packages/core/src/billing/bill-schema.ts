import * as v from 'valibot';

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
