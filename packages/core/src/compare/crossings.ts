import { middleOf, type CostCurve } from './cost-curve.ts';
import { mostRequests } from './workload.ts';

/** From this many requests a month on, this one of the two costs more than the other, up to the next crossing. */
export interface Crossing {
  readonly requestsPerMonth: number;
  readonly moreExpensive: 'plan' | 'server';
}

/** Every point where two costs cross; `isComplete` is false where the search ended early. */
export interface Crossings {
  readonly crossings: readonly Crossing[];
  readonly isComplete: boolean;
}

/** Intervals that may still be looked at, over several pairs of costs. */
export interface Effort {
  left: number;
}

/** Intervals looked at for one pair. */
const mostIntervals = 600;
/** Relative error of a total in floating point, with a margin, and picodollars that rounding in tiers may add. */
const relativeError = 1e-10;
const roundingError = 64;
/** A cost that may fall is looked at in intervals of at most this share of the requests, and taken to rise within. */
const toothShare = 1 / 64;
/** A curve is taken for straight within this share of the requests, so that a piece has at least 64 samples. */
const curveShare = 1 / 1024;

/**
 * All points from no requests to the most at which it changes which of two costs is the higher; at the same cost the plan
 * is not. Costs do not fall as requests rise, so an interval is decided where one cost at its beginning is above the other
 * at its end. Others are halved until they lie in one piece of both, where a crossing is found by bisection on exact costs.
 */
export function crossingsOf(plan: CostCurve, server: CostCurve, effort: Effort): Crossings {
  const pair: Pair = { plan, server, effort, left: mostIntervals, crossings: [] };
  const [first, last] = [isPlanHigher(pair, 0), isPlanHigher(pair, mostRequests)];
  if (first) record(pair, 0, first);
  search(pair, { low: 0, high: mostRequests, atLow: first, atHigh: last });
  // Teeth narrower than the intervals that are looked at may hide crossings.
  const isComplete = pair.left > 0 && effort.left > 0 && !plan.isSawtooth;
  return { crossings: pair.crossings, isComplete };
}

interface Pair {
  readonly plan: CostCurve;
  readonly server: CostCurve;
  readonly effort: Effort;
  left: number;
  readonly crossings: Crossing[];
}

/** Requests from one number to another, and whether the plan costs more at each of them. */
interface Interval {
  readonly low: number;
  readonly high: number;
  readonly atLow: boolean;
  readonly atHigh: boolean;
}

function search(pair: Pair, interval: Interval): void {
  const { low, high, atLow, atHigh } = interval;
  if (isDecided(pair, interval) || pair.left <= 0 || pair.effort.left <= 0) return;
  pair.left -= 1;
  pair.effort.left -= 1;
  if (high - low === 1) return record(pair, high, atHigh);
  const isSmooth = isInOnePiece(pair, low, high);
  if (isSmooth && atLow === atHigh) return;
  const middle = isSmooth ? guess(pair, low, high) : splitOf(pair, low, high);
  const atMiddle = isPlanHigher(pair, middle);
  search(pair, { low, high: middle, atLow, atHigh: atMiddle });
  search(pair, { low: middle, high, atLow: atMiddle, atHigh });
}

/** Where an interval is parted: at the end of a step of either as soon as there are few of them within. */
function splitOf({ plan, server }: Pair, low: number, high: number): number {
  const middle = middleOf(low, high);
  if (high > 2 * low) return middle;
  for (const curve of [server, plan]) {
    const end = curve.stepEnd(middle, high) ?? high;
    if (end < high) return end > low ? end : end + 1;
  }
  return middle;
}

/** Where two costs cross in one piece of both, if they were straight; the middle where that is no use. */
function guess({ plan, server, left }: Pair, low: number, high: number): number {
  const differenceAt = (requests: number) => plan.at(requests).total - server.at(requests).total;
  const [atLow, atHigh] = [differenceAt(low), differenceAt(high)];
  // Every third time the interval is halved, so that a breakpoint cannot keep it wide.
  if (left % 3 === 0 || atLow === atHigh) return middleOf(low, high);
  const straight = Math.round(low + ((high - low) * atLow) / (atLow - atHigh));
  return Math.min(high - 1, Math.max(low + 1, straight));
}

/** Whether no crossing lies within: the lower of one cost is above the higher of the other. */
function isDecided({ plan, server }: Pair, { low, high, atLow, atHigh }: Interval): boolean {
  if (atLow !== atHigh) return false;
  if (high - low === 1) return true;
  if (plan.isSawtooth && high - low > low * toothShare) return false;
  const [above, below] = atLow ? [plan, server] : [server, plan];
  const [least, most] = [above.at(low).total, below.at(high).total];
  return least - most > errorOf(least, most) || (least === most && least === 0);
}

function isInOnePiece({ plan, server }: Pair, low: number, high: number): boolean {
  if (plan.at(low).piece !== plan.at(high).piece) return false;
  if (server.at(low).piece !== server.at(high).piece) return false;
  return !(plan.isCurved || server.isCurved) || high - low <= low * curveShare;
}

function isPlanHigher({ plan, server }: Pair, requests: number): boolean {
  const [ofPlan, ofServer] = [plan.at(requests).total, server.at(requests).total];
  const difference = ofPlan - ofServer;
  if (Math.abs(difference) > errorOf(ofPlan, ofServer)) return difference > 0;
  return plan.exactAt(requests) > server.exactAt(requests);
}

function errorOf(a: number, b: number): number {
  return (Math.abs(a) + Math.abs(b)) * relativeError + roundingError;
}

function record({ crossings }: Pair, requestsPerMonth: number, isPlan: boolean): void {
  crossings.push({ requestsPerMonth, moreExpensive: isPlan ? 'plan' : 'server' });
}
