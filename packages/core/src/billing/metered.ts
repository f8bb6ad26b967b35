import type { MeterPrice } from '../pricing/price-list.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, type Quantity } from '../pricing/quantity.ts';

/** How much of one thing was used, and how it is priced. */
export interface Metered {
  readonly quantity: Quantity;
  readonly price: MeterPrice;
}

/** What was used at prices of one list, by price. */
type Used = Readonly<Record<string, number | Quantity>>;

/** Meters every price that is named, in the order given. */
export function meterAll(prices: RegionPrices, service: string, used: Used): readonly Metered[] {
  return Object.entries(used).map(([id, each]) => ({
    quantity: typeof each === 'number' ? exactly(each) : each,
    price: prices.price(service, id),
  }));
}

/** Meters the prices at which anything was used: some regions have no price of the rest. */
export function meterUsed(
  prices: RegionPrices,
  service: string,
  used: Readonly<Record<string, Used[string] | undefined>>,
): readonly Metered[] {
  const entries = Object.entries(used).flatMap(([id, each]) =>
    each !== undefined && isUsed(each) ? [[id, each] as const] : [],
  );
  return meterAll(prices, service, Object.fromEntries(entries));
}

function isUsed(each: number | Quantity): boolean {
  return typeof each === 'number' ? each > 0 : each.numerator > 0n;
}
