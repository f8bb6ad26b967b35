import { toDecimal, fromDecimal, product } from './quantity.ts';
import type { PriceListData } from './price-list-schema.ts';

/** A price per unit, and up to how many whole units it holds; `null` is without end. */
export interface PriceListTier {
  readonly upTo: number | null;
  readonly usd: string;
}

type Price = PriceListData['prices'][number];

/** One price of a list in one region. */
export interface PriceRow extends Readonly<Omit<Price, 'upTo' | 'usd' | 'share'>> {
  readonly region: string;
  readonly tiers: readonly PriceListTier[];
}

/** The regions of a list, in the order in which they are written. */
export function regionsOf({ regions }: PriceListData): readonly string[] {
  return [...new Set(Object.values(regions).flat())];
}

/** The prices of a list that are written in dollars, price by price and then region by region. */
export function priceRows(data: PriceListData): readonly PriceRow[] {
  const regions = regionsOf(data);
  return data.prices
    .filter(({ usd }) => usd !== undefined)
    .flatMap((price) => regions.flatMap((region) => rowIn(data, price, region) ?? []));
}

/** A price of a list in a region, shares of other prices included; `undefined` where it has none. */
export function rowIn(data: PriceListData, price: Price, region: string): PriceRow | undefined {
  const { upTo = [], usd: _, share, ...rest } = price;
  if (share !== undefined) {
    const whole = rowOf(data, share.of, region);
    const times = fromDecimal(share.times);
    const tiers = whole?.tiers.map((tier) => ({
      ...tier,
      usd: toDecimal(product(fromDecimal(tier.usd), times)),
    }));
    return tiers && { ...rest, region, tiers };
  }
  const cell = cellIn(data, price, region);
  if (cell === undefined) return undefined;
  const each = cell.split('/');
  if (each.length !== upTo.length + 1) {
    throw new Error(
      `${data.service} has ${each.length} of ${upTo.length + 1} tiers of ${price.id} in ${region}`,
    );
  }
  const tiers = each.map((usd, index) => ({ upTo: upTo[index] ?? null, usd }));
  return { ...rest, region, tiers };
}

/** The price of a list with an id, in a region. */
export function rowOf(data: PriceListData, id: string, region: string): PriceRow | undefined {
  for (const price of data.prices) {
    const row = price.id === id ? rowIn(data, price, region) : undefined;
    if (row !== undefined) return row;
  }
  return undefined;
}

/** What a price says of a region: in the cell of its own, or in that of a group of regions. */
function cellIn({ service, regions }: PriceListData, { id, usd = {} }: Price, region: string) {
  if (Object.hasOwn(usd, region)) return usd[region];
  for (const [group, text] of Object.entries(usd)) {
    const members = regions[group] ?? [];
    const place = members.indexOf(region);
    if (place === -1) continue;
    const cells = text.split(' ');
    if (cells.length === 1) return text;
    if (cells.length !== members.length) {
      const count = `${cells.length} of ${members.length}`;
      throw new Error(`${service} has ${count} prices of ${id} in ${group}`);
    }
    if (cells[place] !== '-') return cells[place];
  }
  return undefined;
}
