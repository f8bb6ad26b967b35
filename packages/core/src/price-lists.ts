import { priceListData } from './pricing/lists.generated.ts';
import { parseOwnPrices } from './pricing/own-prices.ts';
import { openPriceLists, type PriceLists } from './pricing/price-lists.ts';

/** Every price list there is. */
export const priceLists: PriceLists = openPriceLists(priceListData);

/** Every price list with the caller's own prices, parsed from JSON; throws `InvalidInputError` with every fault at once. */
export function withOwnPrices(input: unknown): PriceLists {
  return openPriceLists(priceListData, parseOwnPrices(input, priceListData));
}
