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
 * Converts bands to the units of a list, of which there are `each` in one of the interface's. What is free at first is
 * an allowance unless it is a tier, and a list counts from its end unless its tiers count what is used; neighbours at one
 * price are one tier. A price with more than twelve decimals is rounded half up.
 */
export function tiersOf(
  bands: readonly Band[],
  each: Quantity,
  options: { readonly isFreeATier?: boolean; readonly tiersCount?: string | undefined } = {},
): Tiered {
  const paid = options.isFreeATier === true ? bands : withoutFree(bands);
  const [start] = paid;
  if (start === undefined) return { problem: 'it is given for nothing' };
  const free = product(start.from, each);
  const uncounted = options.tiersCount === 'used' ? quantity(0n) : free;
  const ends = paid.slice(1).map(({ from }) => product(from, each));
  const tiers: PriceListTier[] = [];
  for (const [index, band] of paid.entries()) {
    const tier = toTier(band, ends[index], { each, uncounted });
    if ('problem' in tier) return tier;
    if (tiers.at(-1)?.usd === tier.usd) tiers.pop();
    tiers.push(tier);
  }
  return { tiers, free };
}

function withoutFree(bands: readonly Band[]): readonly Band[] {
  const first = bands.findIndex(({ usd }) => usd.numerator > 0n);
  return first === -1 ? [] : bands.slice(first);
}

function toTier(
  { usd }: Band,
  end: Quantity | undefined,
  { each, uncounted }: { readonly each: Quantity; readonly uncounted: Quantity },
): PriceListTier | { readonly problem: string } {
  const price = toDecimal(ratio(usd, each));
  if (usd.numerator > 0n && fromUsd(price) === 0n) {
    return { problem: 'its price is too small for a list' };
  }
  if (end === undefined) return { upTo: null, usd: price };
  const upTo = whole(minus(end, uncounted));
  return upTo === undefined
    ? { problem: `a tier ends at ${toDecimal(end)}, which is no whole unit` }
    : { upTo, usd: price };
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
