import { type Fault, InvalidInputError, type Usage } from '@tricloud/core';
import { type MeterPrice, orNearest, shown } from '@tricloud/core/parts';
import type { Example } from './example.ts';

type Allowances = Example['allowances'];

/** The usage with the free units that a bill states; throws `InvalidInputError` for a price that it does not use. */
export function withOwnAllowances(usage: Usage, allowances: Allowances): Usage {
  const prices = usage.items.flatMap(({ metered }) => metered.map(({ price }) => price));
  refuseUnknown(allowances, [...new Set(prices.map(nameOf))]);
  // One object for each price, as `billUsage` adds up what has the same.
  const own = new Map(prices.map((price) => [price, withAllowance(price, allowances)]));
  const items = usage.items.map((item) => ({
    ...item,
    metered: item.metered.map((each) => ({ ...each, price: own.get(each.price) ?? each.price })),
  }));
  return { ...usage, items };
}

function withAllowance(price: MeterPrice, allowances: Allowances): MeterPrice {
  const stated = Object.entries(allowances).find(([key]) => namesIn(key).includes(nameOf(price)));
  return stated === undefined
    ? price
    : { ...price, allowanceGroup: stated[0], allowance: stated[1] };
}

function nameOf({ list, id }: MeterPrice): string {
  return `${list.service}/${id}`;
}

/** `aws-lambda/requests+pc-requests` is two prices of one service. */
function namesIn(key: string): readonly string[] {
  const [service = '', ids = ''] = key.split('/');
  return ids.split('+').map((id) => `${service}/${id}`);
}

function refuseUnknown(allowances: Allowances, names: readonly string[]): void {
  const faults = Object.keys(allowances).flatMap((key) =>
    namesIn(key)
      .filter((name) => !names.includes(name))
      .map((name) => unknownName(`allowances.${key}`, name, names)),
  );
  if (faults.length > 0) throw new InvalidInputError(faults);
}

/** A fault that gives the names that there are, and the one that was probably meant. */
export function unknownName(path: string, name: string, names: readonly string[]): Fault {
  const problem = `names ${shown(name)}, but must name one of ${names.join(', ')}${orNearest(name, names)}`;
  return { path, value: name, problem };
}
