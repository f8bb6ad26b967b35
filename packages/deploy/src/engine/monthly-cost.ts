import {
  compare,
  type Comparison,
  deployedPlan,
  nearestRegions,
  type ProviderId,
  type Workload,
} from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import { configurationOf } from './configuration.ts';
import { similarRegions } from './similar-regions.ts';
import type { Target } from './target.ts';

/** Cost of a month of a workload on what is deployed, or the reason why it is not known. */
export type MonthlyCost =
  | { readonly isKnown: true; readonly estimate: Comparison['plans'][number] }
  | { readonly isKnown: false; readonly reason: string };

/**
 * Month of a workload in the region and the configuration that are deployed, with what is sent and, on AWS, the HTTP
 * API before the function.
 *
 * @param asOf the day for which the bill is made, ISO 8601.
 */
export function monthlyCost(workload: Workload, target: Target, asOf: string): MonthlyCost {
  const { cloud, region } = target;
  const id = deployedPlan[cloud];
  const priced = pricedRegions(id);
  if (!priced.includes(region)) {
    return { isKnown: false, reason: noPriceFor({ provider: cloud, region }, priced) };
  }
  const {
    notes: _notes,
    concurrency: concurrencyPerInstance,
    ...instance
  } = configurationOf(target);
  const deployed: Workload = {
    ...workload,
    ...instance,
    region: { ...workload.region, [cloud]: region },
    concurrencyPerInstance,
    egress: true,
    frontDoor: cloud === 'aws',
  };
  const { plans, unavailable } = compare(deployed, { asOf, prices: priceLists });
  const estimate = plans.find((plan) => plan.id === id);
  if (estimate !== undefined) return { isKnown: true, estimate };
  const reason = unavailable.find((plan) => plan.id === id)?.reason.en ?? 'no price is known';
  return { isKnown: false, reason };
}

function pricedRegions(plan: string): readonly string[] {
  return priceLists.list(plan).regions;
}

/** A region without prices is no error: it can be deployed to all the same. */
function noPriceFor(
  at: { readonly provider: ProviderId; readonly region: string },
  priced: readonly string[],
): string {
  const nearest = nearestRegions(at, priced);
  const regions = nearest.length === 0 ? similarRegions(at.region, priced) : nearest.join(', ');
  return `no price for this region; the nearest with one: ${regions}`;
}
