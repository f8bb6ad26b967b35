import { NoPriceError, type PriceSheet } from '../pricing/price-sheet.ts';
import type { Quantity } from '../pricing/quantity.ts';
import { meterEgress, meterFrontDoor } from './besides.ts';
import type { Comparison, ProviderId } from './comparison.ts';
import { inFlightPerRequest, keptFor, type Curve } from './curve.ts';
import { whyUnavailable } from './plans/limits.ts';
import type { InstanceMonth, Plan } from './plans/plan.ts';
import { plans } from './plans/plans.ts';
import { carriedBy, servers, type Server } from './servers.ts';
import type { Workload } from './workload.ts';

/** Something that can carry the workload, and what it costs by the number of requests. */
export interface Carrier {
  readonly id: string;
  readonly provider: ProviderId;
  readonly sheet: PriceSheet;
  readonly curve: Curve;
  readonly kept: InstanceMonth | null;
  readonly notes: readonly string[];
}

/** Everything that can carry the workload, and why the rest cannot. */
export interface Carriers {
  readonly plans: readonly Carrier[];
  readonly servers: readonly Carrier[];
  readonly unavailable: Comparison['unavailable'];
  /** Requests at once at the busiest moment, for each of a month. */
  readonly inFlight: Quantity;
}

/** What can carry the workload, by its limits and known prices. */
export function carriersOf(workload: Workload): Carriers {
  const inFlight = inFlightPerRequest(workload);
  const unavailable: Comparison['unavailable'] = [];
  return {
    plans: plans.flatMap((plan) =>
      orWhy(plan, workload, unavailable, () => onPlan(plan, workload, inFlight)),
    ),
    servers: servers.flatMap((server) =>
      orWhy(server, workload, unavailable, () => onServer(server, workload, inFlight)),
    ),
    unavailable,
    inFlight,
  };
}

function onPlan(plan: Plan, workload: Workload, inFlight: Quantity): Carrier | string {
  const why = whyUnavailable(workload, plan);
  if (why !== null) return why;
  const { id, provider, sheet } = plan;
  const { metered, kept = null, notes } = plan.use(workload);
  const perRequest = [
    ...metered,
    ...meterEgress(workload, provider, plan.egressPrice),
    ...meterFrontDoor(workload, provider),
  ];
  return {
    id,
    provider,
    sheet,
    kept,
    notes,
    curve: curveOf(workload.freeTier, perRequest, kept, inFlight),
  };
}

function onServer(server: Server, workload: Workload, inFlight: Quantity): Carrier | string {
  const { id, provider, sheet, memoryMiB } = server;
  if (workload.memoryMiB > memoryMiB) {
    return `memoryMiB is ${workload.memoryMiB}; the machine has ${memoryMiB} MiB`;
  }
  const each = server.month(workload.region[provider]);
  const kept = { each, carries: carriedBy(server, workload) };
  const curve = curveOf(workload.freeTier, meterEgress(workload, provider), kept, inFlight);
  return { id, provider, sheet, kept, notes: [], curve };
}

/** What carries the workload, or nothing, and then why. */
function orWhy(
  { id, provider }: Plan | Server,
  { region }: Workload,
  unavailable: Comparison['unavailable'],
  make: () => Carrier | string,
): readonly Carrier[] {
  const made = madeOrWhy(make, region[provider]);
  if (typeof made !== 'string') return [made];
  unavailable.push({ id, why: made });
  return [];
}

function madeOrWhy(make: () => Carrier | string, region: string): Carrier | string {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NoPriceError)) throw error;
    return `no known price in ${region}; there is one in ${error.regions.join(', ')}`;
  }
}

function curveOf(
  freeTier: boolean,
  perRequest: Curve['perRequest'],
  kept: InstanceMonth | null,
  inFlight: Quantity,
): Curve {
  return {
    perRequest,
    kept: kept === null ? null : keptFor(inFlight, kept.each, kept.carries),
    freeTier,
  };
}
