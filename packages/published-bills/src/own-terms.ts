import { type Fault, InvalidInputError, type Usage } from '@tricloud/core';
import { fromUsd, type MeterPrice, orNearest, shown } from '@tricloud/core/parts';
import type { Example } from './example.ts';

type Terms = Pick<Example, 'prices' | 'allowances'>;

/** The usage at the prices and allowances that a bill states; throws `InvalidInputError` for those it does not use. */
export function withOwnTerms(usage: Usage, terms: Terms): Usage {
  const used = usage.items.flatMap(({ metered }) => metered.map(({ price }) => price));
  refuseUnused([...new Set(used.map(nameOf))], terms);
  // One object for each price, as `billUsage` adds up what has the same.
  const own = new Map(used.map((price) => [price, ownPrice(price, terms)]));
  const items = usage.items.map((item) => ({
    ...item,
    metered: item.metered.map((each) => ({ ...each, price: own.get(each.price) ?? each.price })),
  }));
  return { ...usage, items };
}

function ownPrice(price: MeterPrice, { prices, allowances }: Terms): MeterPrice {
  const name = nameOf(price);
  const usd = prices[name];
  const [pool, allowance] =
    Object.entries(allowances).find(([key]) => namesIn(key).includes(name)) ?? [];
  return {
    ...price,
    ...(usd !== undefined && {
      tiers: [{ upTo: null, upToPrinted: null, unitPrice: fromUsd(usd), unitPriceUsd: usd }],
    }),
    ...(pool !== undefined && allowance !== undefined && { pool, allowance }),
  };
}

function nameOf({ list, id }: MeterPrice): string {
  return `${list.service}/${id}`;
}

/** `aws-lambda/requests+pc-requests` is two prices of one service. */
function namesIn(key: string): readonly string[] {
  const [service = '', ids = ''] = key.split('/');
  return ids.split('+').map((id) => `${service}/${id}`);
}

function refuseUnused(used: readonly string[], { prices, allowances }: Terms): void {
  const given = Object.entries({ prices, allowances });
  const faults = given.flatMap(([field, terms]) =>
    Object.entries(terms).flatMap(([key, value]): Fault[] => {
      const unused = namesIn(key).find((name) => !used.includes(name));
      if (unused === undefined) return [];
      const problem = `names ${shown(unused)}, but the prices of this usage are ${used.join(', ')}${orNearest(unused, used)}`;
      return [{ path: `${field}.${key}`, value, problem }];
    }),
  );
  if (faults.length > 0) throw new InvalidInputError(faults);
}
