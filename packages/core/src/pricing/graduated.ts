import type { Picodollars } from '../money/picodollars.ts';
import { flat } from './flat.ts';
import { isMore, minus, quantity, zero, type Quantity } from './quantity.ts';

/** One step of a graduated price: what lies between the step below and `upTo` costs `unitPrice` per unit. */
export interface Tier {
  /** In whole units of the meter, counted from the first billed one; `null` is without end. */
  readonly upTo: bigint | null;
  readonly unitPrice: Picodollars;
}

/** The part of a quantity that falls into one tier, and its amount. */
export interface Slice {
  readonly billed: Quantity;
  readonly amount: Picodollars;
}

/** Prices each part of a quantity at the tier it falls into, every part rounded half up to the picodollar; one slice a tier. */
export function graduated(billed: Quantity, tiers: readonly Tier[]): readonly Slice[] {
  if (billed.numerator === 0n) return tiers.map(() => nothing);
  let below = 0n;
  return tiers.map(({ upTo, unitPrice }) => {
    const slice = between(billed, below, upTo);
    below = upTo ?? below;
    return { billed: slice, amount: flat(slice, unitPrice) };
  });
}

const nothing: Slice = { billed: zero, amount: 0n };

function between(billed: Quantity, from: bigint, upTo: bigint | null): Quantity {
  if (upTo !== null && isMore(billed, quantity(upTo))) return quantity(upTo - from);
  if (from === 0n) return billed;
  return isMore(billed, quantity(from)) ? minus(billed, quantity(from)) : zero;
}
