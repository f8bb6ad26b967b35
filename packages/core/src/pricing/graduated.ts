import type { Picodollars } from '../money/picodollars.ts';
import { flat } from './flat.ts';
import { isMore, minus, plus, quantity, zero, type Quantity } from './quantity.ts';

/** One step of a graduated price: what lies between the step below and `upTo` costs `unitPrice` per unit. */
export interface Tier {
  /** In whole units of the meter, counted from the first one; `null` is without end. */
  readonly upTo: bigint | null;
  readonly unitPrice: Picodollars;
}

/** The charge of one tier: the part of a quantity that falls into it, and its amount. */
export interface TierCharge {
  readonly billed: Quantity;
  readonly amount: Picodollars;
}

/**
 * Prices each part of a quantity at the tier it falls into, every part rounded half up to the picodollar; one charge a
 * tier. Units before the quantity count in the tiers and cost nothing.
 */
export function graduated(
  billed: Quantity,
  tiers: readonly Tier[],
  before = zero,
): readonly TierCharge[] {
  const [only] = tiers;
  if (only !== undefined && tiers.length === 1) {
    return [{ billed, amount: flat(billed, only.unitPrice) }];
  }
  const end = before.numerator === 0n ? billed : plus(before, billed);
  let below = 0n;
  return tiers.map(({ upTo, unitPrice }) => {
    const inTier = minus(within(end, below, upTo), within(before, below, upTo));
    below = upTo ?? below;
    return inTier.numerator === 0n ? nothing : { billed: inTier, amount: flat(inTier, unitPrice) };
  });
}

const nothing: TierCharge = { billed: zero, amount: 0n };

/** The part of the first `counted` units that lies between two bounds. */
function within(counted: Quantity, from: bigint, upTo: bigint | null): Quantity {
  if (counted.numerator <= from * counted.denominator) return zero;
  if (upTo !== null && isMore(counted, quantity(upTo))) return quantity(upTo - from);
  return from === 0n ? counted : minus(counted, quantity(from));
}
