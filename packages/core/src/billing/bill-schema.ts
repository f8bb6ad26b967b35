import * as v from 'valibot';

/** An exact decimal: a sum of US dollars, or a quantity. */
const Decimal = v.pipe(v.string(), v.regex(/^\d+(\.\d{1,12})?$/));

const line = {
  meter: v.string(),
  unit: v.string(),
  used: v.pipe(Decimal, v.description('In units, as the provider rounds')),
  free: v.pipe(Decimal, v.description('What the free allowance covers')),
  billed: v.pipe(Decimal, v.description('used less free')),
};
const paid = v.pipe(Decimal, v.description('Rounded half up to 1e-12 in each tier'));

/** One line of a bill: one unit price, or the tiers of a graduated price. */
export const LineSchema = v.union([
  v.strictObject({ ...line, unitPriceUsd: Decimal, amountUsd: paid }),
  v.strictObject({
    ...line,
    tiers: v.array(
      v.strictObject({
        upTo: v.pipe(
          v.nullable(Decimal),
          v.description('Billed units where the tier ends; null: no end'),
        ),
        unitPriceUsd: Decimal,
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
  totalUsd: v.pipe(Decimal, v.description('Exactly the sum of the lines')),
  sheet: v.strictObject({
    date: v.pipe(v.string(), v.isoDate(), v.description('Last compared with its sources')),
    sources: v.array(v.string()),
  }),
});

/** One line of a bill; amounts and quantities are exact decimals. */
export type Line = v.InferOutput<typeof LineSchema>;

/** What a month costs, line by line. */
export type Bill = v.InferOutput<typeof BillSchema>;
