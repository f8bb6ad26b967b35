import type { Picodollars } from '../money/picodollars.ts';
import { beginning, toBrokenLine, type BrokenLine, type KnownParts } from './broken-line.ts';
import { printedAt, type Curve } from './curve.ts';
import { errorOf, isGivenUp, see, throughUnsure, type Crossing, type Pair } from './pair.ts';
import { mostRequests } from './workload.ts';

/** How much may still be spent on finding crossings, over several pairs of bills. */
export interface Effort {
  /** In steps of stairs; an exact comparison of two bills is as much as twenty. */
  left: number;
}

/** Every point where two bills cross; `isComplete` is false where there are so many that the list was cut. */
export interface Crossings {
  readonly crossings: Crossing[];
  readonly isComplete: boolean;
}

/** A bill, exactly and as a broken line. */
export interface Side {
  readonly curve: Curve;
  readonly line: BrokenLine;
  readonly withoutRequests: Picodollars;
}

/** A bill made ready for finding where it crosses others. */
export function toSide(curve: Curve, known: KnownParts): Side {
  return { curve, line: toBrokenLine(curve, known), withoutRequests: printedAt(curve, 0n) };
}

/** Steps of a stair that are looked at for one pair. */
const MOST_STEPS = 1_000;

/**
 * All points from no requests to the most at which the dearer of two bills changes; alike counts as the plan not
 * being dearer. At the first of them that says `plan`, the plan's printed bill is more than the server's.
 *
 * Between two bends, the difference of the bills lies between two parallel lines, a stair apart. Only where it may
 * be nothing is it looked at step by step, and on a step a crossing is one division. Floating point decides where
 * its error cannot matter, the exact printed bills where it can.
 */
export function crossingsOf(plan: Side, server: Side, effort: Effort): Crossings {
  const [a, b] = [plan.line, server.line];
  const pair: Pair = {
    effort,
    plan,
    server,
    riseSize: a.riseSize + b.riseSize,
    size: a.size + b.size,
    blur: a.blur + b.blur,
    a: beginning,
    b: beginning,
    stepsLeft: MOST_STEPS,
    isPlanDearer: false,
    crossings: [],
  };
  see(pair, 0, plan.withoutRequests > server.withoutRequests);
  const most = Math.min(mostRequests, a.most, b.most);
  goAlong(pair, most);
  const isComplete = !isGivenUp(pair) && most === mostRequests;
  return { crossings: pair.crossings, isComplete };
}

function goAlong(pair: Pair, most: number): void {
  const ofPlan = pair.plan.line.pieces;
  const ofServer = pair.server.line.pieces;
  let next = 0;
  let nextOther = 0;
  let from = 1;
  let a = ofPlan[0];
  let b = ofServer[0];
  while (a !== undefined && b !== undefined && from <= most && !isGivenUp(pair)) {
    const to = Math.min(a.upTo, b.upTo, most);
    if (to >= from) {
      const error = errorOf(pair, to);
      // Kept are at least requests x perRequest, and at most one more.
      const slope = a.rise - b.rise;
      const intercept = a.intercept - b.intercept;
      const first = slope * from + intercept;
      const last = slope * to + intercept;
      const above = b.stair + error;
      const below = -a.stair - error;
      if (first > above && last > above) see(pair, from, true);
      else if (first < below && last < below) see(pair, from, false);
      else {
        pair.a = a;
        pair.b = b;
        throughUnsure(pair, from, to);
      }
      from = to + 1;
    }
    if (a.upTo <= to) a = ofPlan[(next += 1)];
    if (b.upTo <= to) b = ofServer[(nextOther += 1)];
  }
}
