import {
  fromUsd,
  isMore,
  minus,
  product,
  type Quantity,
  quantity,
  ratio,
  type PriceListTier,
  toDecimal,
} from '@tricloud/core/parts';
import type { Band } from './found.ts';

/** The bands of an interface as tiers of a list, and what comes before them for nothing. */
export type Tiered =
  | {
      readonly tiers: readonly PriceListTier[];
      readonly free: Quantity;
      readonly problem?: undefined;
    }
  | { readonly problem: string };

/**
 * Restates bands in the units of a list, of which there are `each` in one of the interface's. What is free at first is an
 * allowance, unless it is said to be a tier, and a list counts after it, unless its tiers count what is used; neighbours at one price are one tier. A price
 * that twelve decimals cannot hold is rounded half up there.
 */
export function tiersOf(
  bands: readonly Band[],
  each: Quantity,
  {
    isFreeATier = false,
    tiersCount = 'billed',
  }: { readonly isFreeATier?: boolean; readonly tiersCount?: string | undefined } = {},
): Tiered {
  const first = isFreeATier ? 0 : bands.findIndex(({ usd }) => usd.numerator > 0n);
  const paid = first === -1 ? [] : bands.slice(first);
  const [start] = paid;
  if (start === undefined) return { problem: 'it is given for nothing' };
  const free = product(start.from, each);
  const uncounted = tiersCount === 'used' ? quantity(0n) : free;
  const tiers: PriceListTier[] = [];
  for (const [index, { usd }] of paid.entries()) {
    const next = paid[index + 1];
    const price = toDecimal(ratio(usd, each));
    if (usd.numerator > 0n && fromUsd(price) === 0n)
      return { problem: 'its price is too small for a list' };
    const upTo = next === undefined ? null : whole(minus(product(next.from, each), uncounted));
    if (upTo === undefined)
      return {
        problem: `a tier ends at ${next === undefined ? '' : toDecimal(product(next.from, each))}, which is no whole unit`,
      };
    if (tiers.at(-1)?.usd === price) tiers.pop();
    tiers.push({ upTo, usd: price });
  }
  return { tiers, free };
}

/** Whether two prices are so far apart that they are likelier per different units than of different days. */
export function isFarFrom(a: PriceListTier, b: PriceListTier): boolean {
  const [one, other] = [quantity(fromUsd(a.usd)), quantity(fromUsd(b.usd))];
  if (one.numerator === 0n || other.numerator === 0n) return one.numerator !== other.numerator;
  const ten = quantity(10n);
  return isMore(one, product(other, ten)) || isMore(other, product(one, ten));
}

/** Whether two lists of tiers cost the same, however they are written. */
export function areSame(a: readonly PriceListTier[], b: readonly PriceListTier[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ upTo, usd }, index) => {
      const other = b[index];
      return other !== undefined && upTo === other.upTo && fromUsd(usd) === fromUsd(other.usd);
    })
  );
}

function whole({ numerator, denominator }: Quantity): number | undefined {
  return numerator % denominator === 0n ? Number(numerator / denominator) : undefined;
}
