import * as v from 'valibot';

/** A calendar day as ISO 8601 writes it. */
export const DaySchema = v.pipe(v.string(), v.isoDate());

/** Where a fact was read. */
export const SourceSchema = v.strictObject({
  url: v.pipe(v.string(), v.regex(/^https:\/\/\S+$/)),
  /** The day that the source bears; where it bears none, the day it was read. */
  date: v.pipe(DaySchema, v.description('The source’s day, else the day it was read.')),
});

/** Where a fact was read, and of which day it is. */
export type Source = Readonly<v.InferOutput<typeof SourceSchema>>;
