import * as v from 'valibot';
import { TextSchema } from '../catalog/text.ts';

/** An exact decimal: a sum of US dollars, or a quantity. */
export const Decimal = v.pipe(v.string(), v.regex(/^\d+(\.\d{1,12})?$/));

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
        upTo: v.pipe(v.nullable(Decimal), v.description('Units where the tier ends; null: no end')),
        unitPriceUsd: Decimal,
        billed: Decimal,
        amountUsd: paid,
      }),
    ),
    amountUsd: paid,
  }),
]);

const onDocument = {
  service: v.pipe(v.string(), v.description('The price list, `<provider>-<service>`')),
  region: v.string(),
  items: v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
    v.description('Which items of the usage document it belongs to, counted from 0'),
  ),
  price: v.pipe(v.string(), v.description('The id of the price on the list')),
  allowance: v.pipe(
    Decimal,
    v.description('What an account has free of it each month, were it used for nothing else'),
  ),
  source: v.pipe(v.string(), v.description('Where the price comes from')),
  confidence: v.pipe(
    v.string(),
    v.description(
      'official, open-source, third-party, unverified (not read in its source), or own (from the caller)',
    ),
  ),
};

/** One line of a bill for several items: what they used of one thing together, priced once. */
export const DocumentLineSchema = v.union([
  v.strictObject({ ...onDocument, ...LineSchema.options[0].entries }),
  v.strictObject({ ...onDocument, ...LineSchema.options[1].entries }),
]);

/** What a month of any services costs an account. */
export const BillDocumentSchema = v.strictObject({
  asOf: v.pipe(v.string(), v.isoDate(), v.description('The day the bill was asked for')),
  freeTier: v.boolean(),
  items: v.pipe(
    v.array(v.strictObject({ service: v.string(), region: v.string(), plan: v.string() })),
    v.description('What is billed, in the order of the usage document'),
  ),
  lines: v.pipe(
    v.array(DocumentLineSchema),
    v.description('By service, region and price, whatever the order of the items'),
  ),
  totalUsd: v.pipe(Decimal, v.description('Exactly the sum of the amounts of the lines')),
  priceLists: v.array(
    v.strictObject({
      service: v.string(),
      date: v.pipe(
        v.string(),
        v.isoDate(),
        v.description('When the prices were last compared with their sources'),
      ),
      sources: v.array(v.string()),
    }),
  ),
  ownPrices: v.pipe(
    v.array(v.strictObject({ key: v.string(), value: v.string() })),
    v.description("The caller's own prices and discounts that the bill was made with"),
  ),
  warnings: v.pipe(
    v.array(TextSchema),
    v.description(
      'Lists newer than asOf or more than a year older, unverified prices, quantities beyond the known prices',
    ),
  ),
});

/** One line of a bill for several items. */
export type DocumentLine = v.InferOutput<typeof DocumentLineSchema>;

/** What a month of any services costs an account. */
export type BillDocument = v.InferOutput<typeof BillDocumentSchema>;

/** What a month costs, line by line. */
export const BillSchema = v.strictObject({
  lines: v.array(LineSchema),
  totalUsd: v.pipe(Decimal, v.description('Exactly the sum of the lines')),
  priceList: v.strictObject({
    date: v.pipe(v.string(), v.isoDate(), v.description('Last compared with its sources')),
    sources: v.array(v.string()),
  }),
});

/** One line of a bill; amounts and quantities are exact decimals. */
export type Line = v.InferOutput<typeof LineSchema>;

/** What a month costs, line by line. */
export type Bill = v.InferOutput<typeof BillSchema>;
