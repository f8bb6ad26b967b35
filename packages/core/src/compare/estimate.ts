import { billOf } from '../billing/bill.ts';
import type { Picodollars } from '../money/picodollars.ts';
import type { PriceLists } from '../pricing/price-lists.ts';
import { product, quantity, ratio, toDecimal } from '../pricing/quantity.ts';
import type { Candidate } from './candidate.ts';
import type { Estimate } from './comparison.ts';
import { linesAt } from './cost.ts';
import { inFlightPerRequest } from './drivers.ts';
import type { Workload } from './workload.ts';

/** An estimate with its total as money, for ranking. */
export interface PricedEstimate {
  readonly estimate: Estimate;
  readonly total: Picodollars;
}

/** Bills the workload on a candidate. */
export function estimate(
  candidate: Candidate,
  workload: Workload,
  lists: PriceLists,
): PricedEstimate {
  const { id, provider, configuration, service, cost } = candidate;
  const { isDeployTarget, legacy, commitment, isComplete, notes } = candidate;
  const { date, sources } = lists.list(service);
  const lines = linesAt(cost, workload.requestsPerMonth);
  const { bill, total } = billOf(lines, { date, sources: sourcesOf(candidate, sources) });
  const instances = instancesAt(candidate, workload);
  return {
    estimate: {
      id,
      provider,
      configuration,
      bill,
      instances,
      isDeployTarget,
      legacy,
      commitment,
      isComplete,
      notes: [...notes],
    },
    total,
  };
}

/** How many instances are provisioned for a workload, and how much of them it uses on average. */
export function instancesAt({ instances }: Candidate, workload: Workload): Estimate['instances'] {
  if (instances === null) return null;
  const { requestsPerMonth } = workload;
  const count = instances.count.approximate(requestsPerMonth);
  const inFlight = product(inFlightPerRequest(workload), quantity(BigInt(requestsPerMonth)));
  const capacity = product(instances.capacity, quantity(BigInt(count)));
  return {
    count,
    capacity: toDecimal(instances.capacity),
    utilization: toDecimal(ratio(inFlight, capacity)),
  };
}

/** Sources of the candidate's own list, then those of other lists that its charges stand on. */
function sourcesOf({ cost }: Candidate, own: readonly string[]): readonly string[] {
  const prices = cost.charges.flatMap(({ metered }) => metered.map(({ price }) => price));
  return [...new Set([...own, ...prices.flatMap(({ list }) => list.sources)])];
}
