import { amount, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import type { StatedAllowance } from './restated.ts';

type Prices = Readonly<Record<string, readonly string[]>>;

/**
 * The field `free_tier` of a service: for each of its members the ids of the prices that share it. `null` and a
 * field that is left out take nothing off; an object takes off what it names and nothing else.
 */
export function freeTier(prices: Prices) {
  const members = Object.fromEntries(
    Object.keys(prices).map((name) => [name, v.optional(amount())]),
  );
  return {
    schema: v.optional(v.nullable(fields(members, 'null or an object'))),
    from(
      given: Readonly<Record<string, number | undefined>> | null | undefined,
    ): StatedAllowance[] {
      return Object.entries(given ?? {}).flatMap(([name, quantity]) =>
        quantity === undefined ? [] : [{ prices: prices[name] ?? [], quantity }],
      );
    },
  };
}
