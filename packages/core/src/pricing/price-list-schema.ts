import * as v from 'valibot';

const Decimal = v.pipe(v.string(), v.regex(/^\d+(\.\d{1,12})?$/));
/** Prices of the regions of a group in their order, divided by spaces; `-` where a region has none, `/` between tiers. */
const Cells = v.pipe(
  v.string(),
  v.regex(
    /^(-|\d+(\.\d{1,12})?(\/\d+(\.\d{1,12})?)*)( (-|\d+(\.\d{1,12})?(\/\d+(\.\d{1,12})?)*))*$/,
  ),
);
const Day = v.pipe(v.string(), v.regex(/^\d{4}(-\d{2}(-\d{2})?)?$/));

/** A price list as it is written down: numbers with unit, region, source, date and confidence, and no logic. */
export const PriceListSchema = v.strictObject({
  service: v.string(),
  /** The day on which the list was last compared with its sources. */
  date: v.pipe(v.string(), v.isoDate()),
  sources: v.record(
    v.string(),
    v.strictObject({
      /** `{region}` in it stands for the region of the price. */
      url: v.pipe(v.string(), v.url()),
      /** The date of the copy that was read, as far as it is known. */
      date: v.nullable(Day),
      confidence: v.pipe(v.string(), v.regex(/^(official|open-source|third-party|unverified)$/)),
    }),
  ),
  /** The regions that the list has prices for, in groups that are the columns of `usd`; `global` where the price is one. */
  regions: v.record(v.string(), v.pipe(v.array(v.string()), v.minLength(1))),
  prices: v.array(
    v.strictObject({
      id: v.string(),
      /** The line of the bill; the id where it is not said. */
      meter: v.optional(v.string()),
      unit: v.string(),
      /** `used` where the tiers count what is free as well; `billed`, what is left of it, where it is not said. */
      tiersCount: v.optional(v.pipe(v.string(), v.regex(/^(used|billed)$/))),
      /** The free allowance it draws on, which other prices of the list may share. */
      allowance: v.optional(v.string()),
      /** Where each tier but the last ends, in whole units; nothing where there is one tier. */
      upTo: v.optional(v.pipe(v.array(v.pipe(v.number(), v.integer())), v.minLength(1))),
      /** Up to where the last tier is known; a bill that goes beyond says so. */
      knownUpTo: v.optional(v.pipe(v.number(), v.integer())),
      source: v.string(),
      /** The price per unit: for a region, for all regions of a group alike, or for each of them in their order. */
      usd: v.optional(v.record(v.string(), Cells)),
      /** In place of `usd`: the price is a share of another one, wherever that one is known. */
      share: v.optional(v.strictObject({ of: v.string(), times: Decimal })),
    }),
  ),
  /** What an account has free each month: over all regions, or in each of them. */
  allowances: v.array(
    v.strictObject({
      id: v.string(),
      unit: v.string(),
      quantity: Decimal,
      /** `region` where each region has it to itself; all share it where nothing is said. */
      per: v.optional(v.pipe(v.string(), v.regex(/^region$/))),
      /** The region at whose price the allowance is valued; in a more expensive region it covers less. */
      valuedIn: v.optional(v.string()),
      /** The price at which the allowance is valued; what is priced lower is covered for longer. */
      valuedAt: v.optional(v.string()),
      source: v.string(),
    }),
  ),
});

/** A price list as it is written down. */
export type PriceListData = v.InferOutput<typeof PriceListSchema>;
