import type { Effort, Side } from './break-even.ts';
import { countFor, lastWith, type Piece } from './broken-line.ts';
import { printedAt } from './curve.ts';

/** From this many requests a month on, this one of the two costs more than the other, up to the next crossing. */
export interface Crossing {
  readonly requestsPerMonth: number;
  readonly dearer: 'plan' | 'server';
}

/** Two bills that are gone along from few requests to many. */
export interface Pair {
  readonly effort: Effort;
  plan: Side;
  server: Side;
  /** Of both together, as of each in its broken line. */
  riseSize: number;
  size: number;
  blur: number;
  /** The pieces of the two between two bends of either. */
  a: Piece;
  b: Piece;
  stepsLeft: number;
  isPlanDearer: boolean;
  crossings: Crossing[];
}

/** What an exact comparison of two bills is of a step. */
const EXACT_STEPS = 20;
/** More than what a dozen roundings of floating point can do to a result of this size. */
const RELATIVE_ERROR = 1e-13;

/** No printed difference for so many requests or fewer is further from that of the lines. */
export function errorOf({ riseSize, size, blur }: Pair, requests: number): number {
  return (riseSize * requests + size) * RELATIVE_ERROR + blur;
}

/** Whether there were more steps than are looked at. */
export function isGivenUp({ stepsLeft, effort }: Pair): boolean {
  return stepsLeft <= 0 || effort.left <= 0;
}

/** Takes down which of the two is dearer from so many requests on. */
export function see(pair: Pair, requestsPerMonth: number, isPlanDearer: boolean): void {
  if (isPlanDearer === pair.isPlanDearer) return;
  pair.isPlanDearer = isPlanDearer;
  const crossing: Crossing = { requestsPerMonth, dearer: isPlanDearer ? 'plan' : 'server' };
  // Mostly there is one alone, and a list that grows has room for seventeen.
  if (pair.crossings.length === 0) pair.crossings = [crossing];
  else pair.crossings.push(crossing);
}

/** Goes over requests between two bends for which the difference may be nothing. */
export function throughUnsure(pair: Pair, from: number, to: number): void {
  const { a, b } = pair;
  const slope = a.rise - b.rise;
  const intercept = a.intercept - b.intercept;
  // The error grows with the requests, so that what is unsure is found twice, the second time closer.
  let error = errorOf(pair, to);
  let unsureFrom = from;
  let unsureTo = to;
  const passes = slope === 0 ? 0 : 2;
  for (let pass = 0; pass < passes; pass += 1) {
    const one = (-a.stair - error - intercept) / slope;
    const other = (b.stair + error - intercept) / slope;
    unsureFrom = Math.max(from, Math.floor(Math.min(one, other)) - 1);
    unsureTo = Math.min(to, Math.ceil(Math.max(one, other)) + 1);
    error = errorOf(pair, unsureTo);
  }
  if (unsureFrom > from) see(pair, from, slope * from + intercept > 0);
  for (let at = unsureFrom; at <= unsureTo && !isGivenUp(pair);) {
    at = overStep(pair, error, at, unsureTo) + 1;
    pair.stepsLeft -= 1;
    pair.effort.left -= 1;
  }
  if (unsureTo < to && !isGivenUp(pair)) {
    see(pair, Math.max(from, unsureTo + 1), slope * to + intercept > 0);
  }
}

/** As far as neither stair rises; returns the last number of requests of that step. */
function overStep(pair: Pair, error: number, from: number, to: number): number {
  const { a, b } = pair;
  const mine = a.stair === 0 ? null : pair.plan.line.stairs;
  const theirs = b.stair === 0 ? null : pair.server.line.stairs;
  const count = mine === null ? 0 : countFor(mine, from);
  const other = theirs === null ? 0 : countFor(theirs, from);
  const last = mine === null ? to : lastWith(mine, count);
  const end = Math.min(to, last, theirs === null ? to : lastWith(theirs, other));
  const slope = a.slope - b.slope;
  const intercept = a.intercept - b.intercept + a.stair * count - b.stair * other;
  const atFrom = slope * from + intercept;
  const atEnd = slope * end + intercept;
  const before = Math.abs(atFrom) > error ? atFrom > 0 : isDearer(pair, from);
  const after = Math.abs(atEnd) > error ? atEnd > 0 : isDearer(pair, end);
  see(pair, from, before);
  if (before !== after) {
    const exact = -intercept / slope;
    const whole = Math.floor(exact) + 1;
    const isSure =
      Math.abs(exact - Math.round(exact)) * Math.abs(slope) > error && whole > from && whole <= end;
    see(pair, isSure ? whole : settle(pair, { guess: whole, from, to: end }, after), after);
  }
  return end;
}

/** The first of the requests above `from` whose printed bills are as those at `to`. */
function settle(
  pair: Pair,
  { guess, from, to }: { readonly guess: number; readonly from: number; readonly to: number },
  after: boolean,
): number {
  let [unlike, like] = [from, to];
  let middle = Math.min(Math.max(guess, from + 1), to);
  let step = 1;
  while (like - unlike > 1) {
    if (middle <= unlike || middle >= like) middle = Math.floor((unlike + like) / 2);
    if (isDearer(pair, middle) === after) {
      like = middle;
      middle -= step;
    } else {
      unlike = middle;
      middle += step;
    }
    step *= 2;
  }
  return like;
}

function isDearer({ plan, server, effort }: Pair, requests: number): boolean {
  effort.left -= EXACT_STEPS;
  const count = BigInt(requests);
  return printedAt(plan.curve, count) > printedAt(server.curve, count);
}
