import { toUsd } from '../money/picodollars.ts';
import type { PriceLists } from '../pricing/price-lists.ts';
import { product, quantity, toDecimal } from '../pricing/quantity.ts';
import { isAvailable, type Candidate, type UnavailableServer } from './candidate.ts';
import type { Comparison } from './comparison.ts';
import { comparisonNotes } from './comparison-notes.ts';
import { toCostCurve } from './cost-curve.ts';
import { crossingsOf } from './crossings.ts';
import { peakInFlightPerRequest } from './drivers.ts';
import { estimate, instancesAt } from './estimate.ts';
import { planCandidates } from './plan-candidates.ts';
import {
  isRanked,
  isUsual,
  orderOf,
  priceServers,
  rankedServers,
  type PricedServer,
} from './ranking.ts';
import { serverCandidates } from './servers.ts';
import type { Workload } from './workload.ts';

/** What a comparison is made with. */
export interface CompareOptions {
  /** Day of the comparison, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly prices: PriceLists;
}

/** Intervals looked at for all crossings of a comparison, so that no workload keeps a process busy for long. */
const mostIntervals = 60_000;

/** Prices a month of the workload on every plan and on servers, and finds where each plan and each server cross. */
export function compare(workload: Workload, { asOf, prices }: CompareOptions): Comparison {
  const [plans, servers] = [planCandidates(workload, prices), serverCandidates(workload, prices)];
  const priced = priceServers(servers, workload);
  const ofPlans = plans.filter(isAvailable);
  const ofServers = rankedServers(priced, workload);
  const toEstimate = (each: Candidate) => estimate(each, workload, prices);
  const [planEstimates, serverEstimates] = [ofPlans.map(toEstimate), ofServers.map(toEstimate)];
  const ranked = (each: Candidate) => isRanked(each, workload);
  const inOrder = new Set([...ofPlans, ...ofServers].filter(ranked).map(({ id }) => id));
  const requests = quantity(BigInt(workload.requestsPerMonth));
  return {
    workload,
    asOf,
    peakInFlight: toDecimal(product(peakInFlightPerRequest(workload), requests)),
    plans: planEstimates.map((each) => each.estimate),
    servers: serverEstimates.map((each) => each.estimate),
    order: orderOf(
      [...planEstimates, ...serverEstimates].filter((each) => inOrder.has(each.estimate.id)),
    ),
    breakEven: breakEvenOf(ofPlans.filter(ranked), ofServers),
    sizes: sizesOf(servers, priced, workload),
    unavailable: [
      ...plans,
      ...servers.filter(({ id }) => workload.everyServer || isUsual(id)),
    ].flatMap((each) => (isAvailable(each) ? [] : [{ id: each.id, reason: each.reason }])),
    notes: comparisonNotes(workload, { asOf, prices, candidates: [...ofPlans, ...ofServers] }),
  };
}

function breakEvenOf(
  plans: readonly Candidate[],
  servers: readonly Candidate[],
): Comparison['breakEven'] {
  const effort = { left: mostIntervals };
  const ofServers = servers.map(({ id, cost }) => ({ id, curve: toCostCurve(cost) }));
  return plans.flatMap(({ id: plan, cost }) => {
    const curve = toCostCurve(cost);
    return ofServers.map((server) => {
      const { crossings, isComplete } = crossingsOf(curve, server.curve, effort);
      const first = crossings.find(({ moreExpensive }) => moreExpensive === 'plan');
      return {
        plan,
        server: server.id,
        requestsPerMonth: first?.requestsPerMonth ?? null,
        crossings: [...crossings],
        isComplete,
      };
    });
  });
}

/** Every server size in short, in the order of the catalogue. */
function sizesOf(
  servers: readonly (Candidate | UnavailableServer)[],
  priced: readonly PricedServer[],
  workload: Workload,
): Comparison['sizes'] {
  const totals = new Map(priced.map(({ candidate, total }) => [candidate.id, total]));
  return servers.map((server) => {
    const { id, provider } = server;
    const { memoryMiB, vcpu, architecture } = server.configuration;
    const size = { id, provider, vcpu, memoryMiB, architecture };
    if (!isAvailable(server)) {
      return { ...size, instances: null, totalUsd: null, reason: server.reason };
    }
    const total = toUsd(totals.get(id) ?? 0n);
    return { ...size, instances: instancesAt(server, workload), totalUsd: total, reason: null };
  });
}
