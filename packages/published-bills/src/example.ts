import { amount, exactly, fields, fromDecimal } from '@tricloud/core/parts';
import * as v from 'valibot';

const text = v.string('a text');

const right = 'a number of zero or more, or a text such as "0.0000166667"';

/** A decimal of zero or more, read exactly as it is written. */
const decimal = v.union(
  [
    v.pipe(amount(), v.transform(exactly)),
    v.pipe(v.string(), v.regex(/^\d{1,15}(\.\d{1,15})?$/, right), v.transform(fromDecimal)),
  ],
  right,
);

const amounts = v.record(text, decimal, 'an object with an amount for each name');

/**
 * A month's use and what a bill printed for it. The use is a usage document in `usage`, or the example itself is one.
 * A line is named by the id of its price, such as `requests`, `aws-lambda/requests` or `requests@us-east-1`;
 * `requests[2]` is the second tier of its price, and `requests+pc-requests` a sum.
 */
export const ExampleSchema = v.pipe(
  fields({
    id: v.optional(text),
    title: v.optional(text),
    /** Address of the page, or name of the file that printed the bill. */
    source: v.optional(text),
    /** When the source printed it, as far as that is known. */
    sourceDate: v.optional(text),
    /** Kind of source: `official`, `provider-oss`, `third-party`, `derived`, `recalled-unverified`. */
    origin: v.optional(text),
    usage: v.optional(v.unknown()),
    freeTier: v.optional(v.unknown()),
    items: v.optional(v.unknown()),
    /** Prices that the bill states in place of those of the lists, as core reads own prices. */
    prices: v.optional(v.unknown()),
    /** Free units that the bill states in place of those of the lists; prices joined by `+` share them. */
    allowances: v.optional(amounts, {}),
    /** Lines that no list prices. */
    other: v.optional(
      v.array(
        fields({ line: text, quantity: decimal, unitPriceUsd: decimal }),
        'an array of objects with line, quantity, unitPriceUsd',
      ),
      [],
    ),
    expected: v.pipe(
      fields({
        /** USD by line. */
        lines: v.optional(amounts, {}),
        /** Used units by line, where a bill prints no money. */
        quantities: v.optional(amounts, {}),
        totalUsd: v.optional(decimal),
      }),
      v.check(
        ({ lines, quantities, totalUsd }) =>
          totalUsd !== undefined || Object.keys({ ...lines, ...quantities }).length > 0,
        'an object with at least one of lines, quantities, totalUsd',
      ),
    ),
    /** How far the total and each line may be from what is printed, in USD; quantities in their unit. */
    toleranceUsd: v.optional(decimal, '0.01'),
    /** The same for the lines alone, where a page rounds on the way to a line. */
    lineToleranceUsd: v.optional(decimal),
    /** What is wrong with the page that printed the bill. */
    errata: v.optional(text),
    notes: v.optional(text),
  }),
  v.check(
    ({ usage, freeTier, items }) => usage === undefined || (freeTier ?? items) === undefined,
    'an object with either usage or freeTier and items',
  ),
);

/** A month's use and what a bill printed for it. */
export type Example = v.InferOutput<typeof ExampleSchema>;
