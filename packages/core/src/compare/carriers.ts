import type { PriceList } from '../pricing/price-list.ts';
import type { Quantity } from '../pricing/quantity.ts';
import { besidesOf, type Besides } from './besides.ts';
import type { Comparison, ProviderId } from './comparison.ts';
import { inFlightPerRequest, sharesOf, type Curve, type Share } from './curve.ts';
import { fleetsOf, type Fleet, type NoFleet } from './fleets.ts';
import { orNoPrice } from './no-price.ts';
import { whyUnavailable } from './plans/limits.ts';
import type { Plan } from './plans/plan.ts';
import { plans } from './plans/plans.ts';
import type { Workload } from './workload.ts';

/** Something that can carry the workload, and what it costs by the number of requests. */
export interface Carrier {
  readonly id: string;
  readonly provider: ProviderId;
  readonly list: PriceList;
  readonly curve: Curve;
  readonly notes: readonly string[];
}

/** Everything that can carry the workload, and why the rest cannot. */
export interface Carriers {
  readonly plans: readonly Carrier[];
  /** Every size of server, whether it can or not. */
  readonly fleets: readonly (Fleet | NoFleet)[];
  /** The plans that cannot. */
  readonly unavailable: Comparison['unavailable'];
  /** Requests at once at the busiest moment, for each of a month. */
  readonly inFlight: Quantity;
}

/** What can carry the workload, by its limits and known prices. */
export function carriersOf(workload: Workload): Carriers {
  const inFlight = inFlightPerRequest(workload);
  const shareOf = sharesOf(workload, inFlight);
  const besides = besidesOf(workload);
  const unavailable: Comparison['unavailable'] = [];
  const carrying: Carrier[] = [];
  for (const plan of plans) {
    const carrier =
      whyUnavailable(workload, plan) ??
      orNoPrice(workload.region[plan.provider], () => onPlan(plan, workload, besides, shareOf));
    if (typeof carrier === 'string') unavailable.push({ id: plan.id, why: carrier });
    else carrying.push(carrier);
  }
  return { plans: carrying, fleets: fleetsOf(workload, besides, shareOf), unavailable, inFlight };
}

function onPlan(
  plan: Plan,
  workload: Workload,
  besides: Besides,
  shareOf: (carries: number) => Share,
): Carrier | string {
  const { id, provider, list } = plan;
  const { metered, kept, notes } = plan.use(workload);
  const egress =
    plan.egressPrice === undefined
      ? besides.egress[provider]
      : besides.egressAt(plan.egressPrice(workload.region[provider]));
  const frontDoor = besides.frontDoor[provider];
  if (typeof egress === 'string') return egress;
  if (typeof frontDoor === 'string') return frontDoor;
  const curve = {
    perRequest: [...metered, ...egress, ...frontDoor],
    kept: kept === undefined ? null : { month: kept.month, share: shareOf(kept.carries) },
    freeTier: workload.freeTier,
  };
  return { id, provider, list, curve, notes };
}

/** A fleet beside the plans. */
export function carrierOf({ machine, kept, egress }: Fleet, freeTier: boolean): Carrier {
  const { id, provider, list } = machine;
  return { id, provider, list, curve: { perRequest: egress, kept, freeTier }, notes: [] };
}
