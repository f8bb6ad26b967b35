import type { PriceLists } from '../pricing/price-lists.ts';
import { isAvailable } from './candidate.ts';
import { costPieces, toCostCurve, type CostPiece } from './cost-curve.ts';
import { planCandidates } from './plan-candidates.ts';
import { isRanked, priceServers, rankedServers } from './ranking.ts';
import { serverCandidates } from './servers.ts';
import type { Workload } from './workload.ts';

/** Cost of a plan or a server by the number of requests, in pieces that a chart draws. */
export interface CostCurveOf {
  readonly id: string;
  readonly kind: 'plan' | 'server';
  readonly pieces: readonly CostPiece[];
}

/** Which part of the curves is wanted; at most so many pieces each, 256 unless said. */
export interface CostCurvesOptions {
  readonly prices: PriceLists;
  readonly from: number;
  readonly to: number;
  readonly most?: number;
}

/** Curves of every plan and server that a comparison of the workload ranks. */
export function costCurves(
  workload: Workload,
  { prices, ...range }: CostCurvesOptions,
): readonly CostCurveOf[] {
  const plans = planCandidates(workload, prices).filter(isAvailable);
  const servers = priceServers(serverCandidates(workload, prices), workload);
  const ranked = [
    ...plans
      .filter((plan) => isRanked(plan, workload))
      .map((candidate) => ({ kind: 'plan' as const, candidate })),
    ...rankedServers(servers, workload).map((candidate) => ({
      kind: 'server' as const,
      candidate,
    })),
  ];
  return ranked.map(({ kind, candidate: { id, cost } }) => ({
    id,
    kind,
    pieces: costPieces(toCostCurve(cost), range),
  }));
}
