import { billedServices, listOf } from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import type { Restated, StatedAllowance } from './restated.ts';

interface Place {
  readonly region?: string | undefined;
  readonly tier?: 1 | 2 | undefined;
}

/** Whether a region that is given has the price tier that is given. */
export function isOfTier(service: string, { region, tier }: Place): boolean {
  if (region === undefined || tier === undefined) return true;
  const found = billedServices.find(({ id }) => id === service);
  const regions = found === undefined ? {} : listOf(found, priceLists).data.regions;
  // A region that is not known is refused as such.
  return !Object.hasOwn(regions, region) || regions[region] === `tier-${tier}`;
}

/** The region that is given, or one of the tier. */
export function regionOf({ region, tier }: Place): string {
  return region ?? (tier === 2 ? 'europe-west3' : 'us-central1');
}

type Members = Readonly<Record<string, number | undefined>>;

/**
 * What an example takes off. Minimum instances with nothing said of a free tier are billed as Google's own tools bill
 * them, with the account's allowances; what is stated as Google has it is taken off as Google takes it off, in money
 * at the price of tier 1.
 */
export function googleFree(
  given: { readonly free_tier?: Members | null | undefined; readonly min_instances: number },
  free: { readonly from: (given: Members | null | undefined) => StatedAllowance[] },
  googles: Readonly<Record<string, number>>,
): Restated['free'] {
  const { free_tier: stated } = given;
  if (stated === undefined) return given.min_instances > 0 ? 'list' : [];
  const allowances = free.from(stated);
  const isGoogles = Object.entries(stated ?? {}).every(
    ([name, quantity]) => quantity === undefined || quantity === googles[name],
  );
  return isGoogles ? { listOf: allowances.flatMap(({ prices }) => prices) } : allowances;
}
