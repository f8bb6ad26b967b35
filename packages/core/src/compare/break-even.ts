import type { Picodollars } from '../money/picodollars.ts';
import { countFor, lastWith, toBrokenLine, type BrokenLine, type Piece } from './broken-line.ts';
import { printedAt, type Curve } from './curve.ts';

/** From this many requests a month on, this one of the two costs more than the other, up to the next crossing. */
export interface Crossing {
  readonly requestsPerMonth: number;
  readonly dearer: 'plan' | 'server';
}

/** Every point where two bills cross; `isComplete` is false where there are so many that the list was cut. */
export interface Crossings {
  readonly crossings: readonly Crossing[];
  readonly isComplete: boolean;
}

/** A bill, exactly and as a broken line. */
export interface Side {
  readonly curve: Curve;
  readonly line: BrokenLine;
  readonly withoutRequests: Picodollars;
}

/** A bill made ready for finding where it crosses others. */
export function toSide(curve: Curve): Side {
  return { curve, line: toBrokenLine(curve), withoutRequests: printedAt(curve, 0n) };
}

/** The most requests of a workload. */
const MOST_REQUESTS = 1_000_000_000_000;
/** Kept machines beyond this are not counted one by one. */
const MOST_KEPT = 2 ** 50;
/** Steps of a stair that are looked at for one pair. */
const MOST_STEPS = 1_000;
/** More than what a dozen roundings of floating point can do to a result of this size. */
const RELATIVE_ERROR = 1e-13;

/**
 * All points from no requests to the most at which the dearer of two bills changes; alike counts as the plan not
 * being dearer. At the first of them that says `plan`, the plan's printed bill is more than the server's.
 *
 * Between two bends, the difference of the bills lies between two parallel lines, a stair apart. Only where it may
 * be nothing is it looked at step by step, and on a step a crossing is one division. Floating point decides where
 * its error cannot matter, the exact printed bills where it can.
 */
export function crossingsOf(plan: Side, server: Side): Crossings {
  const walk = new Walk(plan, server);
  const most = Math.min(MOST_REQUESTS, mostOf(plan.line), mostOf(server.line));
  const [ofPlan, ofServer] = [plan.line.pieces, server.line.pieces];
  let [next, nextOther, from] = [1, 1, 1];
  while (from <= most && walk.stepsLeft > 0) {
    const a = ofPlan[next - 1];
    const b = ofServer[nextOther - 1];
    if (a === undefined || b === undefined) break;
    const endOfA = ofPlan[next]?.after ?? Infinity;
    const endOfB = ofServer[nextOther]?.after ?? Infinity;
    const to = Math.min(endOfA, endOfB, most);
    if (to >= from) {
      walk.over(a, b, from, to);
      from = to + 1;
    }
    if (endOfA <= to) next += 1;
    if (endOfB <= to) nextOther += 1;
    if (to === most) break;
  }
  return { crossings: walk.crossings, isComplete: walk.stepsLeft > 0 };
}

/** The requests between two bends, the middle of the lines between which the difference lies, and its error. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly slope: number;
  readonly intercept: number;
  readonly sizeOfSlope: number;
  readonly size: number;
  readonly error: number;
}

/** One pass along two bills, from few requests to many. */
class Walk {
  readonly crossings: Crossing[] = [];
  stepsLeft = MOST_STEPS;
  #isPlanDearer = false;
  readonly #plan: Side;
  readonly #server: Side;
  readonly #blur: number;

  constructor(plan: Side, server: Side) {
    this.#plan = plan;
    this.#server = server;
    this.#blur = plan.line.blur + server.line.blur;
    this.#see(0, plan.withoutRequests > server.withoutRequests);
  }

  /** Between two bends of either bill. */
  over(a: Piece, b: Piece, from: number, to: number): void {
    const planStairs = this.#plan.line.stairs?.perRequest ?? 0;
    const serverStairs = this.#server.line.stairs?.perRequest ?? 0;
    // Kept are at least requests x perRequest, and at most one more.
    const slope = a.slope - b.slope + a.stair * planStairs - b.stair * serverStairs;
    const intercept = a.intercept - b.intercept;
    const sizeOfSlope =
      a.slopeSize + b.slopeSize + a.stairSize * planStairs + b.stairSize * serverStairs;
    const size = a.interceptSize + b.interceptSize + a.stairSize + b.stairSize;
    const error = (sizeOfSlope * to + size) * RELATIVE_ERROR + this.#blur;
    const above = b.stair + error;
    const below = -a.stair - error;
    const first = slope * from + intercept;
    const last = slope * to + intercept;
    if (first > above && last > above) this.#see(from, true);
    else if (first < below && last < below) this.#see(from, false);
    else this.#overUnsure(a, b, { from, to, slope, intercept, sizeOfSlope, size, error });
  }

  #overUnsure(
    a: Piece,
    b: Piece,
    { from, to, slope, intercept, sizeOfSlope, size, error: errorAtEnd }: Stretch,
  ): void {
    // The error grows with the requests, so that what is unsure is found twice, the second time closer.
    let [unsureFrom, unsureTo, error] = [from, to, errorAtEnd];
    const passes = slope === 0 ? 0 : 2;
    for (let pass = 0; pass < passes; pass += 1) {
      const one = (-a.stair - error - intercept) / slope;
      const other = (b.stair + error - intercept) / slope;
      unsureFrom = Math.max(from, Math.floor(Math.min(one, other)) - 1);
      unsureTo = Math.min(to, Math.ceil(Math.max(one, other)) + 1);
      error = (sizeOfSlope * unsureTo + size) * RELATIVE_ERROR + this.#blur;
    }
    if (unsureFrom > from) this.#see(from, slope * from + intercept > 0);
    for (let at = unsureFrom; at <= unsureTo && this.stepsLeft > 0; this.stepsLeft -= 1) {
      at = this.#overStep(a, b, { from: at, to: unsureTo, error }) + 1;
    }
    if (unsureTo < to && this.stepsLeft > 0) {
      this.#see(Math.max(from, unsureTo + 1), slope * to + intercept > 0);
    }
  }

  /** As far as neither stair rises; returns the last number of requests of that step. */
  #overStep(
    a: Piece,
    b: Piece,
    { from, to, error }: { readonly from: number; readonly to: number; readonly error: number },
  ): number {
    const mine = stepAt(this.#plan.line, a, from);
    const theirs = stepAt(this.#server.line, b, from);
    const end = Math.min(to, mine.last, theirs.last);
    const slope = a.slope - b.slope;
    const intercept = a.intercept - b.intercept + a.stair * mine.count - b.stair * theirs.count;
    const before = isSurelyDearer(slope * from + intercept, error) ?? this.#isDearer(from);
    const after = isSurelyDearer(slope * end + intercept, error) ?? this.#isDearer(end);
    this.#see(from, before);
    if (before !== after) {
      const exact = -intercept / slope;
      const whole = Math.floor(exact) + 1;
      const isSure =
        Math.abs(exact - Math.round(exact)) * Math.abs(slope) > error &&
        whole > from &&
        whole <= end;
      this.#see(isSure ? whole : this.#settle({ guess: whole, from, to: end }, after), after);
    }
    return end;
  }

  /** The first of the requests above `from` whose printed bills are as those at `to`. */
  #settle(
    { guess, from, to }: { readonly guess: number; readonly from: number; readonly to: number },
    after: boolean,
  ): number {
    let [unlike, like] = [from, to];
    let middle = Math.min(Math.max(guess, from + 1), to);
    let step = 1;
    while (like - unlike > 1) {
      if (middle <= unlike || middle >= like) middle = Math.floor((unlike + like) / 2);
      if (this.#isDearer(middle) === after) {
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

  #isDearer(requests: number): boolean {
    const count = BigInt(requests);
    return printedAt(this.#plan.curve, count) > printedAt(this.#server.curve, count);
  }

  #see(requestsPerMonth: number, isPlanDearer: boolean): void {
    if (isPlanDearer === this.#isPlanDearer) return;
    this.#isPlanDearer = isPlanDearer;
    this.crossings.push({ requestsPerMonth, dearer: isPlanDearer ? 'plan' : 'server' });
  }
}

/** `null` where the error could matter. */
function isSurelyDearer(difference: number, error: number): boolean | null {
  return Math.abs(difference) > error ? difference > 0 : null;
}

function stepAt(
  { stairs }: BrokenLine,
  { stair }: Piece,
  requests: number,
): { readonly count: number; readonly last: number } {
  if (stairs === null || stair === 0) return { count: 0, last: Infinity };
  const count = countFor(stairs, requests);
  return { count, last: lastWith(stairs, count) };
}

function mostOf({ stairs }: BrokenLine): number {
  return stairs === null ? Infinity : Math.floor(MOST_KEPT / stairs.perRequest);
}
