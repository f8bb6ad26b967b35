import { toUsd, type Picodollars } from '../money/picodollars.ts';
import {
  toApproximateCost,
  totalAt,
  type ApproximateCost,
  type Cost,
  type Driver,
} from './cost.ts';

/** A cost by the number of requests, as far as it was looked at. */
export interface CostCurve {
  /** Whether it has breakpoints between the points where a tier, a free tier or a number of instances ends. */
  readonly isCurved: boolean;
  /** Whether it may fall as requests rise. */
  readonly isSawtooth: boolean;
  /** The cost in floating point; each number of requests is worked out once. */
  readonly at: (requests: number) => ApproximateCost;
  readonly exactAt: (requests: number) => Picodollars;
  /** Last number of requests, up to a highest one, with as many instances; `undefined` where none is provisioned. */
  readonly stepEnd: (requests: number, highest: number) => number | undefined;
}

/** The curve of a cost. */
export function toCostCurve(cost: Cost): CostCurve {
  const approximate = toApproximateCost(cost);
  const isSawtooth = cost.charges.some(({ driver }) => driver.shape === 'sawtooth');
  const known = new Map<number, ApproximateCost>();
  const steps = cost.charges.map(({ driver }) => driver).find(({ shape }) => shape === 'step');
  return {
    isCurved: isSawtooth || cost.charges.some(({ driver }) => driver.shape === 'curve'),
    isSawtooth,
    at: (requests) => {
      const before = known.get(requests);
      if (before !== undefined) return before;
      const made = approximate(requests);
      known.set(requests, made);
      return made;
    },
    exactAt: (requests) => totalAt(cost, requests),
    stepEnd: (requests, highest) => steps && lastOfStep(steps, requests, highest),
  };
}

/** Part of a cost curve between two points where a tier, a free tier or a number of instances ends. */
export interface CostPiece {
  /** First and last number of requests a month. */
  readonly from: number;
  readonly to: number;
  readonly fromUsd: string;
  readonly toUsd: string;
  /** Where it is false, the cost between is on the straight line. */
  readonly isCurved: boolean;
}

/** Pieces of a curve from one number of requests to another; at most so many, the last one then reaches to the end. */
export function costPieces(
  curve: CostCurve,
  { from, to, most = 256 }: { readonly from: number; readonly to: number; readonly most?: number },
): readonly CostPiece[] {
  const pieces: CostPiece[] = [];
  for (let start = from; start <= to;) {
    const end = pieces.length === most - 1 ? to : lastOfPiece(curve, start, to);
    pieces.push({
      from: start,
      to: end,
      fromUsd: toUsd(curve.exactAt(start)),
      toUsd: toUsd(curve.exactAt(end)),
      isCurved: curve.isCurved,
    });
    start = end + 1;
  }
  return pieces;
}

function lastOfPiece(curve: CostCurve, start: number, end: number): number {
  const { piece } = curve.at(start);
  return lastWhere(start, end, (requests) => curve.at(requests).piece === piece);
}

function lastOfStep({ stepEnd, approximate }: Driver, start: number, end: number): number {
  if (stepEnd !== undefined) return Math.min(end, stepEnd(start));
  const count = approximate(start);
  return lastWhere(start, end, (requests) => approximate(requests) === count);
}

/** The last whole number up to `end` at which something holds that holds from `start` up to one point. */
function lastWhere(start: number, end: number, holds: (at: number) => boolean): number {
  if (holds(end)) return end;
  let [inside, outside] = [start, end];
  while (outside - inside > 1) {
    const middle = middleOf(inside, outside);
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** A whole number between two: the geometric mean where they lie far apart. */
export function middleOf(low: number, high: number): number {
  const far = high > 4 * Math.max(1, low) && high > 8;
  const middle = far ? Math.sqrt(Math.max(1, low) * high) : (low + high) / 2;
  return Math.min(high - 1, Math.max(low + 1, Math.floor(middle)));
}
