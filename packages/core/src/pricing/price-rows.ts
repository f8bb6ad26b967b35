import type { PriceListData } from './price-list-schema.ts';

/** A price per unit, and up to how many whole units it holds; `null` is without end. */
export interface PriceListTier {
  readonly upTo: number | null;
  readonly usd: string;
}

type Price = PriceListData['prices'][number];

/** One price of a list in one of its areas. */
export interface PriceRow extends Readonly<Omit<Price, 'upTo' | 'usd'>> {
  readonly area: string;
  readonly tiers: readonly PriceListTier[];
}

/** The prices of a list, area by area, in the order in which they are written; throws where tiers and prices do not match. */
export function priceRows({ service, prices }: PriceListData): readonly PriceRow[] {
  return prices.flatMap(({ upTo = [], usd, ...price }) =>
    Object.entries(usd).map(([area, each]) => {
      if (each.length !== upTo.length + 1) {
        throw new Error(
          `${service} has ${each.length} of ${upTo.length + 1} tiers of ${price.id} in ${area}`,
        );
      }
      const tiers = each.map((tier, index) => ({ upTo: upTo[index] ?? null, usd: tier }));
      return { ...price, area, tiers };
    }),
  );
}
