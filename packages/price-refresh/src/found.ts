import type { Quantity } from '@tricloud/core/parts';

/** A price from a quantity on, in the units of the interface. */
export interface Band {
  readonly from: Quantity;
  readonly usd: Quantity;
}

/** Where a price was read. */
export interface ReadSource {
  /** Its name among the sources of a list. */
  readonly key: string;
  readonly url: string;
  /** The day that the interface dates it. */
  readonly date: string;
}

/** What an interface says of one price in one region: its bands in rising order, the first from zero; or why it cannot be told. */
export type Found =
  | { readonly bands: readonly Band[]; readonly source: ReadSource; readonly problem?: undefined }
  | { readonly problem: string };

/** A price of a list that is asked for in one region. */
export interface Wanted<Q> {
  readonly query: Q;
  readonly region: string;
}

/** What was found, in the order of what was wanted. */
export type Reader<Q> = (wanted: readonly Wanted<Q>[]) => Promise<readonly Found[]>;

/** The bands in rising order; a string where they overlap or leave a gap. */
export function inOrder(bands: readonly Band[]): readonly Band[] {
  return [...bands].sort((a, b) => {
    const [left, right] = [
      a.from.numerator * b.from.denominator,
      b.from.numerator * a.from.denominator,
    ];
    if (left === right) return 0;
    return left < right ? -1 : 1;
  });
}

/** One of several is never guessed: all of them are named. */
export function severalFit(names: readonly string[]): string {
  const shown = names.slice(0, 5).join('; ');
  const more = names.length > 5 ? `; and ${names.length - 5} more` : '';
  return `${names.length} products fit: ${shown}${more}`;
}
