import type { OwnPrices } from './own-price.ts';
import { atOwnPrice } from './own-prices.ts';
import { openPriceList, type MeterPrice, type PriceList } from './price-list.ts';
import type { PriceListData } from './price-list-schema.ts';

/** The price lists that a bill or a comparison is made with. */
export interface PriceLists {
  /** The list of a service; throws for a service without one, which is a bug. */
  list(service: string): PriceList;
  /** The prices of one region, as meters ask for them. */
  in(region: string): RegionPrices;
  /** The caller's own prices, in the order given. */
  readonly own: OwnPrices;
}

/** The prices of one region. */
export interface RegionPrices {
  readonly region: string;
  /** The price on the list of a service, in this region unless another is named; throws `NoPriceError` where there is none. */
  price(service: string, id: string, region?: string): MeterPrice;
}

/** Opens lists, each on first use, with the caller's own prices in place of theirs. */
export function openPriceLists(data: readonly PriceListData[], own: OwnPrices = []): PriceLists {
  const known = new Map(data.map((each) => [each.service, each]));
  const opened = new Map<string, PriceList>();

  function list(service: string): PriceList {
    const found = opened.get(service);
    if (found !== undefined) return found;
    const each = known.get(service);
    if (each === undefined) throw new Error(`There is no price list ${service}`);
    const made = openPriceList(each, (price) => atOwnPrice(price, own));
    opened.set(service, made);
    return made;
  }

  return {
    list,
    own,
    in: (region) => ({
      region,
      price: (service, id, elsewhere = region) => list(service).price(elsewhere, id),
    }),
  };
}
