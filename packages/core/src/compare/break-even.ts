import type { Picodollars } from '../money/picodollars.ts';
import {
  beginning,
  countFor,
  lastWith,
  toBrokenLine,
  type BrokenLine,
  type KnownTurns,
  type Piece,
} from './broken-line.ts';
import { printedAt, type Curve } from './curve.ts';
import { mostRequests } from './workload.ts';

/** From this many requests a month on, this one of the two costs more than the other, up to the next crossing. */
export interface Crossing {
  readonly requestsPerMonth: number;
  readonly dearer: 'plan' | 'server';
}

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
export function toSide(curve: Curve, known: KnownTurns): Side {
  return { curve, line: toBrokenLine(curve, known), withoutRequests: printedAt(curve, 0n) };
}

/** Kept machines beyond this are not counted one by one. */
const MOST_KEPT = 2 ** 50;
/** Steps of a stair that are looked at for one pair. */
const MOST_STEPS = 1_000;
/** What an exact comparison of two bills is of a step. */
const EXACT_STEPS = 20;
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
export function crossingsOf(plan: Side, server: Side, effort: Effort): Crossings {
  const walk = new Walk(plan, server, effort);
  const most = Math.min(mostRequests, mostOf(plan.line), mostOf(server.line));
  const [ofPlan, ofServer] = [plan.line.pieces, server.line.pieces];
  let [next, nextOther, from] = [0, 0, 1];
  let [a, b] = [ofPlan[0], ofServer[0]];
  while (a !== undefined && b !== undefined && from <= most && !walk.isGivenUp) {
    const to = Math.min(a.upTo, b.upTo, most);
    if (to >= from) {
      walk.over(a, b, from, to);
      from = to + 1;
    }
    if (a.upTo <= to) a = ofPlan[++next];
    if (b.upTo <= to) b = ofServer[++nextOther];
  }
  const isComplete = !walk.isGivenUp && most === mostRequests;
  return { crossings: walk.crossings, isComplete };
}

/** One pass along two bills, from few requests to many. */
class Walk {
  readonly crossings: Crossing[] = [];
  #stepsLeft = MOST_STEPS;
  #isPlanDearer = false;
  #a = beginning;
  #b = beginning;
  /** No printed difference is further from that of the lines. */
  #error = 0;
  readonly #plan: Side;
  readonly #server: Side;
  readonly #riseSize: number;
  readonly #size: number;
  readonly #blur: number;
  readonly #effort: Effort;

  constructor(plan: Side, server: Side, effort: Effort) {
    this.#plan = plan;
    this.#server = server;
    this.#effort = effort;
    this.#riseSize = plan.line.riseSize + server.line.riseSize;
    this.#size = plan.line.size + server.line.size;
    this.#blur = plan.line.blur + server.line.blur;
    this.#see(0, plan.withoutRequests > server.withoutRequests);
  }

  /** Whether there were more steps than are looked at. */
  get isGivenUp(): boolean {
    return this.#stepsLeft <= 0 || this.#effort.left <= 0;
  }

  /** Between two bends of either bill. */
  over(a: Piece, b: Piece, from: number, to: number): void {
    this.#a = a;
    this.#b = b;
    this.#setErrorAt(to);
    // Kept are at least requests x perRequest, and at most one more.
    const slope = a.rise - b.rise;
    const intercept = a.intercept - b.intercept;
    const above = b.stair + this.#error;
    const below = -a.stair - this.#error;
    const first = slope * from + intercept;
    const last = slope * to + intercept;
    if (first > above && last > above) this.#see(from, true);
    else if (first < below && last < below) this.#see(from, false);
    else this.#overUnsure(from, to);
  }

  #setErrorAt(requests: number): void {
    this.#error = (this.#riseSize * requests + this.#size) * RELATIVE_ERROR + this.#blur;
  }

  #overUnsure(from: number, to: number): void {
    const [a, b] = [this.#a, this.#b];
    const slope = a.rise - b.rise;
    const intercept = a.intercept - b.intercept;
    // The error grows with the requests, so that what is unsure is found twice, the second time closer.
    let [unsureFrom, unsureTo] = [from, to];
    const passes = slope === 0 ? 0 : 2;
    for (let pass = 0; pass < passes; pass += 1) {
      const one = (-a.stair - this.#error - intercept) / slope;
      const other = (b.stair + this.#error - intercept) / slope;
      unsureFrom = Math.max(from, Math.floor(Math.min(one, other)) - 1);
      unsureTo = Math.min(to, Math.ceil(Math.max(one, other)) + 1);
      this.#setErrorAt(unsureTo);
    }
    if (unsureFrom > from) this.#see(from, slope * from + intercept > 0);
    for (let at = unsureFrom; at <= unsureTo && !this.isGivenUp;) {
      at = this.#overStep(at, unsureTo) + 1;
      this.#stepsLeft -= 1;
      this.#effort.left -= 1;
    }
    if (unsureTo < to && !this.isGivenUp) {
      this.#see(Math.max(from, unsureTo + 1), slope * to + intercept > 0);
    }
  }

  /** As far as neither stair rises; returns the last number of requests of that step. */
  #overStep(from: number, to: number): number {
    const [a, b] = [this.#a, this.#b];
    const mine = a.stair === 0 ? null : this.#plan.line.stairs;
    const theirs = b.stair === 0 ? null : this.#server.line.stairs;
    const count = mine === null ? 0 : countFor(mine, from);
    const other = theirs === null ? 0 : countFor(theirs, from);
    const last = mine === null ? to : lastWith(mine, count);
    const end = Math.min(to, last, theirs === null ? to : lastWith(theirs, other));
    const slope = a.slope - b.slope;
    const intercept = a.intercept - b.intercept + a.stair * count - b.stair * other;
    const before = this.#isSurelyDearer(slope * from + intercept) ?? this.#isDearer(from);
    const after = this.#isSurelyDearer(slope * end + intercept) ?? this.#isDearer(end);
    this.#see(from, before);
    if (before !== after) {
      const exact = -intercept / slope;
      const whole = Math.floor(exact) + 1;
      const isSure =
        Math.abs(exact - Math.round(exact)) * Math.abs(slope) > this.#error &&
        whole > from &&
        whole <= end;
      this.#see(isSure ? whole : this.#settle({ guess: whole, from, to: end }, after), after);
    }
    return end;
  }

  /** `null` where the error could matter. */
  #isSurelyDearer(difference: number): boolean | null {
    return Math.abs(difference) > this.#error ? difference > 0 : null;
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
    this.#effort.left -= EXACT_STEPS;
    const count = BigInt(requests);
    return printedAt(this.#plan.curve, count) > printedAt(this.#server.curve, count);
  }

  #see(requestsPerMonth: number, isPlanDearer: boolean): void {
    if (isPlanDearer === this.#isPlanDearer) return;
    this.#isPlanDearer = isPlanDearer;
    this.crossings.push({ requestsPerMonth, dearer: isPlanDearer ? 'plan' : 'server' });
  }
}

function mostOf({ stairs }: BrokenLine): number {
  return stairs === null ? Infinity : Math.floor(MOST_KEPT / stairs.perRequest);
}
