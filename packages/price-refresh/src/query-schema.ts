import * as v from 'valibot';

const Words = v.pipe(v.string(), v.nonEmpty());
/** How many of the list's units one of the interface's is: 3600 where it bills hours and the list seconds. */
const Each = v.optional(v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/)), '1');

const AwsSchema = v.strictObject({
  /** The service code of its offer file. */
  offer: Words,
  family: v.optional(Words),
  /** Attributes of the product; a `usagetype` is meant with or without the code of the region before it (`USE1-`). */
  attributes: v.record(Words, v.string()),
  unit: Words,
  each: Each,
});

const AzureSchema = v.strictObject({
  serviceName: Words,
  productName: v.optional(Words),
  skuName: v.optional(Words),
  armSkuName: v.optional(Words),
  meterName: v.optional(Words),
  /** `unitOfMeasure` */
  unit: Words,
  each: Each,
});

const GoogleSchema = v.strictObject({
  /** The id of the service in the catalogue. */
  service: Words,
  /** Which SKUs, and how much of each: a machine is its cores and its memory. */
  parts: v.pipe(
    v.array(
      v.strictObject({
        /** `{region}` is the region asked for; a `*` at the end is any rest. */
        description: Words,
        /** `resourceGroup` */
        group: v.optional(Words),
        times: v.optional(v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/)), '1'),
        /** `usageUnit` */
        unit: Words,
      }),
    ),
    v.minLength(1),
  ),
  each: Each,
});

const shared = {
  /** Ids of the list's prices that this is the price of. */
  prices: v.pipe(v.array(Words), v.minLength(1)),
  /** The regions and groups of regions it is meant for; all of the price's where it is not said. */
  regions: v.optional(v.array(Words)),
  /** The region to ask as, where it is another than the list's own, such as `global`. */
  region: v.optional(Words),
  /** Where the names were seen in use; `null`: nowhere, or not all of them: they follow the pattern of their like. */
  seen: v.nullable(Words),
  /** `tier`: what the interface gives for nothing is a tier of the list, and no allowance. */
  free: v.optional(v.picklist(['allowance', 'tier']), 'allowance'),
};

/** How prices are found: `{price}` in it stands for the id of each, `{price in words}` for the id with spaces for its underscores. */
export const QuerySchema = v.union([
  v.strictObject({ ...shared, aws: AwsSchema }),
  v.strictObject({ ...shared, azure: AzureSchema }),
  v.strictObject({ ...shared, google: GoogleSchema }),
  v.strictObject({ prices: shared.prices, regions: shared.regions, none: Words }),
]);

/** How the prices of one list are found in its provider's price interface; or why one is not. */
export const QueryFileSchema = v.strictObject({
  list: Words,
  queries: v.array(QuerySchema),
});

/** The queries of one list. */
export type QueryFile = v.InferOutput<typeof QueryFileSchema>;

/** One of them. */
export type Query = QueryFile['queries'][number];

/** What is asked of the AWS Price List, of Azure Retail Prices, of the Google Cloud Billing Catalog. */
export type AwsQuery = v.InferOutput<typeof AwsSchema>;
export type AzureQuery = v.InferOutput<typeof AzureSchema>;
export type GoogleQuery = v.InferOutput<typeof GoogleSchema>;
