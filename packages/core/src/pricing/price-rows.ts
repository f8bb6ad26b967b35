import type { PriceSheetData } from './price-sheet-schema.ts';

/** A price per unit, and up to how many whole units it holds; `null` is without end. */
export interface SheetTier {
  readonly upTo: number | null;
  readonly usd: string;
}

type Price = PriceSheetData['prices'][number];

/** One price of a sheet in one of its areas. */
export interface PriceRow extends Readonly<Omit<Price, 'upTo' | 'usd'>> {
  readonly area: string;
  readonly tiers: readonly SheetTier[];
}

/** The prices of a sheet, area by area, in the order in which they are written; throws where tiers and prices do not match. */
export function priceRows({ service, prices }: PriceSheetData): readonly PriceRow[] {
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
