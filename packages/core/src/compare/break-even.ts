import { totalOf } from '../billing/bill.ts';
import type { Metered } from '../billing/metered.ts';
import type { Picodollars } from '../money/picodollars.ts';
import { zero } from '../pricing/quantity.ts';

/** The bill of a plan, by the number of requests. */
export interface Curve {
  /** What one request uses. */
  readonly perRequest: readonly Metered[];
  readonly freeTier: boolean;
}

/**
 * For each target, the smallest whole number of requests whose printed bill is more; `null` where the
 * bill never is. Targets are zero or more, in rising order.
 *
 * Between the points where an allowance or a tier ends, the bill is a straight line, so a crossing is
 * one division. Printed amounts are rounded to the picodollar in each tier; where a crossing is so
 * close that this could move it, the printed bills around it decide.
 */
export function firstAbove(curve: Curve, targets: readonly Picodollars[]): (number | null)[] {
  const { bends, scale, blur } = bendsOf(curve);
  const found: (number | null)[] = [];
  let [slope, intercept, after] = [0n, 0n, 0n];
  let solved: Picodollars | null = null;
  let crossing: bigint | null = null;
  for (let next = 0; next <= bends.length && found.length < targets.length; next += 1) {
    const bend = bends[next];
    const end = bend === undefined ? null : slope * bend.requests + intercept;
    const line = { slope, intercept, after, end, blur };
    for (let target = targets[found.length]; target !== undefined; target = targets[found.length]) {
      if (target !== solved) crossing = crossingOn(line, target * scale, target, curve);
      if (crossing === null) break;
      solved = target;
      found.push(Number(crossing));
    }
    if (bend === undefined) break;
    slope += bend.slopeChange;
    intercept += bend.interceptChange;
    after = bend.requests;
  }
  return targets.map((_, index) => found[index] ?? null);
}

/** For whole requests above `after`, up to the next bend: bill x scale = slope x requests + intercept. */
interface StraightLine {
  readonly slope: bigint;
  readonly intercept: bigint;
  readonly after: bigint;
  /** The bill x scale at the next bend; `null` when there is none. */
  readonly end: bigint | null;
  /** No printed bill is further from the line than this, times scale. */
  readonly blur: bigint;
}

/** Where an allowance or a tier of one meter ends. */
interface Bend {
  /** The last whole number of requests before it. */
  readonly requests: bigint;
  readonly slopeChange: bigint;
  readonly interceptChange: bigint;
}

function bendsOf({ perRequest, freeTier }: Curve) {
  const meters = perRequest
    .filter(({ quantity }) => quantity.numerator > 0n)
    .map(({ quantity, price }) => ({
      quantity,
      tiers: price.tiers,
      allowance: freeTier ? price.allowance : zero,
    }));
  let scale = 1n;
  let tierCount = 0n;
  for (const { quantity, allowance, tiers } of meters) {
    for (const denominator of [quantity.denominator, allowance.denominator]) {
      if (denominator % scale === 0n) scale = denominator;
      else if (scale % denominator !== 0n) scale *= denominator;
    }
    tierCount += BigInt(tiers.length);
  }
  const bends: Bend[] = [];
  for (const { quantity, allowance, tiers } of meters) {
    const slopePerPrice = quantity.numerator * (scale / quantity.denominator);
    const interceptPerPrice = scale / allowance.denominator;
    const requestsPerStart = quantity.numerator * allowance.denominator;
    let below = 0n;
    let priceBelow = 0n;
    for (const { upTo, unitPrice } of tiers) {
      const start = allowance.numerator + below * allowance.denominator;
      const priceChange = unitPrice - priceBelow;
      bends.push({
        requests: (start * quantity.denominator) / requestsPerStart,
        slopeChange: priceChange * slopePerPrice,
        interceptChange: -start * priceChange * interceptPerPrice,
      });
      below = upTo ?? below;
      priceBelow = unitPrice;
    }
  }
  bends.sort((a, b) => (a.requests < b.requests ? -1 : a.requests > b.requests ? 1 : 0));
  return { bends, scale, blur: tierCount * scale };
}

function crossingOn(
  { slope, intercept, after, end, blur }: StraightLine,
  scaled: bigint,
  target: Picodollars,
  curve: Curve,
): bigint | null {
  // A level piece was passed before it or is not passed on it: what is paid there are whole tiers, which need no rounding.
  if (slope === 0n) return null;
  if (end !== null && end <= scaled) return null;
  const missing = scaled - intercept;
  const whole = missing / slope;
  if (whole <= after) return settle(after + 1n, target, curve);
  const rest = missing - whole * slope;
  const isSure = rest > blur && slope - rest > blur;
  return isSure ? whole + 1n : settle(whole + 1n, target, curve);
}

/** The smallest number of requests whose printed bill is above the target, near a guess. */
function settle(guess: bigint, target: Picodollars, curve: Curve): bigint {
  let step = 1n;
  let above = guess;
  while (printed(curve, above) <= target) {
    above += step;
    step *= 2n;
  }
  step = 1n;
  let notAbove = above - step;
  while (notAbove > 0n && printed(curve, notAbove) > target) {
    above = notAbove;
    step *= 2n;
    notAbove -= step;
  }
  if (notAbove < 0n) notAbove = 0n;
  while (above - notAbove > 1n) {
    const middle = (above + notAbove) / 2n;
    if (printed(curve, middle) > target) above = middle;
    else notAbove = middle;
  }
  return above;
}

function printed({ perRequest, freeTier }: Curve, requests: bigint): Picodollars {
  return totalOf(perRequest, { count: requests, freeTier });
}
