import * as v from 'valibot';
import { DaySchema, SourceSchema } from './source.ts';
import { type DeepReadonly, TextSchema } from './text.ts';

/** A language version that a provider runs, and how long it looks after it. */
export const RuntimeSchema = v.strictObject({
  id: v.pipe(v.string(), v.nonEmpty()),
  language: v.pipe(v.string(), v.nonEmpty()),
  version: v.pipe(v.string(), v.nonEmpty()),
  preview: v.boolean(),
  endOfLife: v.pipe(
    v.nullable(DaySchema),
    v.description('The last day of support; null: the source names none.'),
  ),
  blocked: v.pipe(
    v.nullable(DaySchema),
    v.description('From this day no function on it can be updated; null: none is named.'),
  ),
  note: v.nullable(TextSchema),
  source: SourceSchema,
});

/** A language version that a provider runs, and how long it looks after it. */
export type Runtime = DeepReadonly<v.InferOutput<typeof RuntimeSchema>>;
