import { billUsage, parseUsage, type BillDocument } from '@tricloud/core';
import { exactly, fromUsd, toDecimal, type Metered, type MeterPrice } from '@tricloud/core/parts';
import type { Restated } from './restated.ts';
import { priceLists } from '@tricloud/core/price-lists';

/** The bill of a restated example: today's lists, with what the example states in their place. */
export function billRestated(restated: Restated, asOf: string): BillDocument {
  const { items, stated = [] } = restated;
  const usage = parseUsage({ freeTier: true, items }, priceLists);
  const price = priceAsStated(restated);
  const metered = stated.map(({ line, quantity, usd }): Metered => ({
    quantity: exactly(quantity),
    price: atStatedPrice(line, usd),
  }));
  return billUsage(
    {
      freeTier: true,
      items: [
        ...usage.items.map((item) => ({
          ...item,
          metered: item.metered.map((each) => ({ ...each, price: price(each.price) })),
        })),
        { service: 'stated', region: 'stated', plan: 'stated', usage: {}, metered },
      ],
    },
    { asOf },
  );
}

/** One object for each price, so that what was priced alike still is. */
function priceAsStated({ free, prices = {} }: Restated): (price: MeterPrice) => MeterPrice {
  const known = new Map<MeterPrice, MeterPrice>();
  return (price) => {
    const found = known.get(price);
    if (found !== undefined) return found;
    const usd = prices[price.id];
    const made = {
      ...price,
      ...(usd === undefined ? {} : { tiers: flatTier(usd) }),
      ...(isOnList(price.id, free) ? {} : statedAllowance(price.id, free)),
    };
    known.set(price, made);
    return made;
  };
}

function isOnList(id: string, free: Restated['free']): boolean {
  return free === 'list' || ('listOf' in free && free.listOf.includes(id));
}

function statedAllowance(id: string, free: Restated['free']) {
  const stated = typeof free === 'string' || 'listOf' in free ? [] : free;
  const index = stated.findIndex(({ prices }) => prices.includes(id));
  const allowance = exactly(stated[index]?.quantity ?? 0);
  return { allowance, pool: index === -1 ? null : `stated/${index}` };
}

function flatTier(usd: number): MeterPrice['tiers'] {
  const unitPriceUsd = toDecimal(exactly(usd));
  return [{ upTo: null, upToPrinted: null, unitPrice: fromUsd(unitPriceUsd), unitPriceUsd }];
}

function atStatedPrice(line: string, usd: number): MeterPrice {
  return {
    id: line,
    meter: line,
    unit: 'unit',
    tiers: flatTier(usd),
    allowance: exactly(0),
    pool: null,
    knownUpTo: null,
    region: 'stated',
    source: 'the example',
    confidence: 'third-party',
    list: { service: 'stated', date: '9999-12-31', sources: [] },
    order: 0,
  };
}
