import * as v from 'valibot';

const words = v.pipe(v.string(), v.nonEmpty());

/** The languages of every text. */
export const LangSchema = v.picklist(['vi', 'en']);

/** A language of the project: Vietnamese or English. */
export type Lang = v.InferOutput<typeof LangSchema>;

/** A text in both languages. */
export const TextSchema = v.strictObject({ vi: words, en: words });

/** A text in both languages. */
export type Text = Readonly<v.InferOutput<typeof TextSchema>>;

/** A value that is read-only at every depth. */
export type DeepReadonly<T> = T extends object
  ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
  : T;
