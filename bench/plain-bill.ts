import type { Usage } from '@tricloud/core';

/** What was used of one thing, and how it is priced, in doubles. */
export interface PlainMeter {
  readonly used: number;
  readonly allowance: number;
  readonly tiers: readonly { readonly upTo: number; readonly usd: number }[];
}

/** A month's usage as somebody would hold it who does not mind a rounding error. */
export function plainMeters({ items }: Usage): readonly PlainMeter[] {
  return items.flatMap(({ metered }) =>
    metered.map(({ quantity, price }) => ({
      used: Number(quantity.numerator) / Number(quantity.denominator),
      allowance: Number(price.allowance.numerator) / Number(price.allowance.denominator),
      tiers: price.tiers.map(({ upTo, unitPriceUsd }) => ({
        upTo: upTo === null ? Infinity : Number(upTo),
        usd: Number(unitPriceUsd),
      })),
    })),
  );
}

/** What the meters come to, where each has an allowance of its own. */
export function plainTotal(meters: readonly PlainMeter[]): number {
  let total = 0;
  for (const { used, allowance, tiers } of meters) {
    const billed = Math.max(0, used - allowance);
    let from = 0;
    for (const { upTo, usd } of tiers) {
      if (billed <= from) break;
      total += (Math.min(billed, upTo) - from) * usd;
      from = upTo;
    }
  }
  return total;
}
