import type { Metered } from '../billing/metered.ts';
import type { MeterPrice } from '../pricing/price-list.ts';
import { zero, type Quantity } from '../pricing/quantity.ts';
import type { Curve, Share } from './curve.ts';

/**
 * A bill by the number of requests, in floating point: straight between the points where an allowance or a tier
 * ends, with a stair for what is kept. It decides where it is sure; `riseSize`, `size` and `blur` bound its error.
 */
export interface BrokenLine {
  readonly pieces: readonly Piece[];
  readonly stairs: Stairs | null;
  /** For no more requests than these is what is kept counted. */
  readonly most: number;
  /** All that is multiplied by the requests in any piece, and the rest, added up as if every term were positive. */
  readonly riseSize: number;
  readonly size: number;
  /** No printed bill is further from the line than this, in picodollars. */
  readonly blur: number;
}

/** For requests up to `upTo`: picodollars = slope x requests + intercept + stair x kept. */
export interface Piece {
  /** The last whole number of requests of it. */
  readonly upTo: number;
  readonly slope: number;
  readonly intercept: number;
  readonly stair: number;
  /** The slope with that of the stair, which lies at most one stair above it. */
  readonly rise: number;
}

/** Kept machines beyond this are not counted one by one. */
const MOST_KEPT = 2 ** 50;

/** Nothing, for no requests. */
export const beginning: Piece = { upTo: 0, slope: 0, intercept: 0, stair: 0, rise: 0 };

/** How many are kept. */
export interface Stairs {
  readonly perRequest: number;
  readonly exact: Quantity;
  /** For how many requests each of them is enough, where that is a whole number; else `null`. */
  readonly period: number | null;
}

/** What was worked out for one bill and is good for others of the same workload. */
export interface KnownParts {
  /** Where what a request uses turns. */
  readonly turns: Map<Metered, readonly Turn[]>;
  readonly stairs: Map<Share, Stairs>;
}

/** The bill of an offer as a broken line. */
export function toBrokenLine({ perRequest, kept, freeTier }: Curve, known: KnownParts): BrokenLine {
  const stairs = kept === null ? null : stairsOf(kept.share, known);
  const turns: Turn[] = [];
  let [slopeSize, size, stairSize, blur] = [0, 0, 0, 0];
  for (const metered of perRequest) {
    for (const turn of turnsOf(metered, freeTier, known)) {
      insert(turns, turn);
      slopeSize += Math.abs(turn.slope);
      size += Math.abs(turn.intercept);
    }
    blur += metered.price.tiers.length;
  }
  const { each: months = [], costOfOne = null } = kept?.month ?? {};
  if (costOfOne !== null) {
    const stair = Number(costOfOne);
    insert(turns, { after: -1, slope: 0, intercept: 0, stair });
    stairSize += stair;
    blur += months.length;
  }
  for (const { quantity, price } of costOfOne === null ? months : []) {
    const each = toNumber(quantity);
    if (each === 0 || stairs === null) continue;
    for (const { start, change } of bendsOf(price, freeTier)) {
      const covered = Math.floor(start / each);
      const after = covered < 1 ? -1 : lastWith(stairs, covered);
      insert(turns, { after, slope: 0, intercept: -start * change, stair: change * each });
      size += Math.abs(start * change);
      stairSize += Math.abs(change * each);
    }
    blur += price.tiers.length;
  }
  const perKept = stairs?.perRequest ?? 0;
  return {
    pieces: toPieces(turns, perKept),
    stairs,
    most: stairs === null ? Infinity : Math.floor(MOST_KEPT / perKept),
    riseSize: slopeSize + stairSize * perKept,
    size: size + stairSize,
    blur,
  };
}

function turnsOf(metered: Metered, freeTier: boolean, { turns }: KnownParts): readonly Turn[] {
  const made = turns.get(metered) ?? toTurns(metered, freeTier);
  turns.set(metered, made);
  return made;
}

function toTurns({ quantity, price }: Metered, freeTier: boolean): readonly Turn[] {
  const each = toNumber(quantity);
  // Less than any number can say costs nothing, however often.
  if (each === 0) return [];
  return bendsOf(price, freeTier).map(({ start, change }) => ({
    after: Math.floor(start / each),
    slope: change * each,
    intercept: -start * change,
    stair: 0,
  }));
}

/** How many are kept for so many requests. */
export function countFor(stairs: Stairs, requests: number): number {
  const { period } = stairs;
  // The quotient of whole numbers below 2^53 never rounds to a whole number that it is not.
  if (period !== null) return Math.max(1, Math.ceil(requests / period));
  const needed = requests * stairs.perRequest;
  const whole = Math.ceil(needed);
  if (isSure(needed)) return Math.max(1, whole);
  const { numerator, denominator } = stairs.exact;
  return Math.max(1, Number((BigInt(requests) * numerator + denominator - 1n) / denominator));
}

/** The most requests for which no more than so many are kept. */
export function lastWith({ perRequest, exact, period }: Stairs, count: number): number {
  if (period !== null) return count * period;
  const most = count / perRequest;
  if (isSure(most)) return Math.floor(most);
  return Number((BigInt(count) * exact.denominator) / exact.numerator);
}

/** Whether rounding a floating-point result down or up is certain to hit the right whole number. */
function isSure(value: number): boolean {
  return Math.abs(value - Math.round(value)) > value * 1e-14 + 1e-14;
}

function stairsOf(share: Share, { stairs }: KnownParts): Stairs {
  const made = stairs.get(share) ?? toStairs(share);
  stairs.set(share, made);
  return made;
}

function toStairs({ perRequest }: Share): Stairs {
  const { numerator, denominator } = perRequest;
  const period = Number(denominator / numerator);
  const isWhole = denominator % numerator === 0n && Number.isSafeInteger(period);
  return { perRequest: toNumber(perRequest), exact: perRequest, period: isWhole ? period : null };
}

/** Where the price of a unit changes. */
interface Bend {
  readonly start: number;
  readonly change: number;
}

const knownBends = {
  free: new WeakMap<MeterPrice, Bend[]>(),
  listed: new WeakMap<MeterPrice, Bend[]>(),
};

/** They are the same in every comparison, so they are worked out once a price. */
function bendsOf(price: MeterPrice, freeTier: boolean): readonly Bend[] {
  const kept = freeTier ? knownBends.free : knownBends.listed;
  const before = kept.get(price);
  if (before !== undefined) return before;
  const bends = toBends(price, freeTier ? price.allowance : zero);
  kept.set(price, bends);
  return bends;
}

function toBends({ tiers, tiersCount }: MeterPrice, allowance: Quantity): Bend[] {
  const free = toNumber(allowance);
  let below = 0;
  let priceBelow = 0;
  return tiers.map(({ upTo, unitPrice }) => {
    const price = Number(unitPrice);
    const start = tiersCount === 'used' ? Math.max(free, below) : free + below;
    const bend = { start, change: price - priceBelow };
    below = Number(upTo ?? 0n);
    priceBelow = price;
    return bend;
  });
}

/** Where a line turns, and by how much. */
interface Turn {
  readonly after: number;
  readonly slope: number;
  readonly intercept: number;
  readonly stair: number;
}

/** Keeps the few turns of a line in order. */
function insert(turns: Turn[], turn: Turn): void {
  let at = turns.length;
  for (; at > 0; at -= 1) {
    const before = turns[at - 1];
    if (before === undefined || before.after <= turn.after) break;
    turns[at] = before;
  }
  turns[at] = turn;
}

function toPieces(turns: readonly Turn[], stairsPerRequest: number): Piece[] {
  let [slope, intercept, stair, last] = [0, 0, 0, 0];
  const pieces: Piece[] = [];
  for (const turn of turns) {
    // Nothing lies between two turns at the same place, nor before the first request.
    if (turn.after > last) {
      last = turn.after;
      pieces.push({ upTo: last, slope, intercept, stair, rise: slope + stair * stairsPerRequest });
    }
    slope += turn.slope;
    intercept += turn.intercept;
    stair += turn.stair;
  }
  const rise = slope + stair * stairsPerRequest;
  pieces.push({ upTo: Infinity, slope, intercept, stair, rise });
  return pieces;
}

/** The nearest number, also where numerator and denominator are too large for one: 1e-300 KiB is a response, too. */
function toNumber({ numerator, denominator }: Quantity): number {
  const [top, bottom] = [Number(numerator), Number(denominator)];
  if (top < Infinity && bottom < Infinity) return top / bottom;
  const digits = Math.min(String(numerator).length, String(denominator).length) - 20;
  if (digits > 0) {
    const shift = 10n ** BigInt(digits);
    return toNumber({ numerator: numerator / shift, denominator: denominator / shift });
  }
  return bottom < Infinity ? Infinity : 0;
}
