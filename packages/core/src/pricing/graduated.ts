import type { Picodollars } from '../money/picodollars.ts';
import { flat } from './flat.ts';
import { isMore, minus, plus, quantity, zero, type Quantity } from './quantity.ts';

/** One step of a graduated price: what lies between the step below and `upTo` costs `unitPrice` per unit. */
export interface Tier {
  /** In whole units of the meter, counted from the first one; `null` is without end. */
  readonly upTo: bigint | null;
  readonly unitPrice: Picodollars;
}

/** The part of a quantity that falls into one tier, and its amount. */
export interface Slice {
  readonly billed: Quantity;
  readonly amount: Picodollars;
}

/**
 * Prices each part of a quantity at the tier it falls into, every part rounded half up to the picodollar; one slice a
 * tier. Units before the quantity count in the tiers and cost nothing.
 */
export function graduated(
  billed: Quantity,
  tiers: readonly Tier[],
  before = zero,
): readonly Slice[] {
  const [only] = tiers;
  if (only !== undefined && tiers.length === 1) {
    return [{ billed, amount: flat(billed, only.unitPrice) }];
  }
  const counted = before.numerator === 0n ? billed : plus(before, billed);
  const slices: Slice[] = [];
  let below = 0n;
  let isPast = billed.numerator === 0n;
  for (const { upTo, unitPrice } of tiers) {
    if (isPast) {
      slices.push(nothing);
      continue;
    }
    isPast = upTo === null || counted.numerator <= upTo * counted.denominator;
    const inTier = isPast ? above(counted, below) : quantity((upTo ?? below) - below);
    const slice = counted === billed ? inTier : minus(inTier, between(before, below, upTo));
    below = upTo ?? below;
    slices.push(
      slice.numerator === 0n ? nothing : { billed: slice, amount: flat(slice, unitPrice) },
    );
  }
  return slices;
}

const nothing: Slice = { billed: zero, amount: 0n };

function between(counted: Quantity, from: bigint, upTo: bigint | null): Quantity {
  if (upTo !== null && isMore(counted, quantity(upTo))) return quantity(upTo - from);
  return above(counted, from);
}

function above(counted: Quantity, from: bigint): Quantity {
  if (from === 0n) return counted;
  return isMore(counted, quantity(from)) ? minus(counted, quantity(from)) : zero;
}
