import { amount, oneOf } from '@tricloud/core/parts';
import * as v from 'valibot';

const text = v.string('a text');

/** A published bill: what it says of the use, and what it prints. */
export const ExampleSchema = v.object(
  {
    id: text,
    provider: oneOf(['aws', 'gcp', 'azure']),
    service: text,
    inputs: v.custom<Readonly<Record<string, unknown>>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'an object',
    ),
    expected: v.object(
      {
        /** US dollars by line; every line that is not empty where it is left out. */
        lines: v.optional(v.record(v.string(), v.number('a number'), 'an object of numbers')),
        /** `null` where the example prints no money: its lines are then quantities in its own unit. */
        total_usd: v.nullable(amount()),
      },
      'an object with lines and total_usd',
    ),
    tolerance_usd: amount(),
    /** What is wrong with the page that printed it; `null` and an empty text say that nothing is. */
    errata: v.optional(v.nullable(v.string('null or a text'))),
  },
  'an object with id, provider, service, inputs, expected and tolerance_usd',
);

/** A published bill. */
export type Example = v.InferOutput<typeof ExampleSchema>;
