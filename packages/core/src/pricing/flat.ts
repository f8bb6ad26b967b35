import { divideHalfUp, type Picodollars } from '../money/picodollars.ts';
import type { Quantity } from './quantity.ts';

/** A quantity at one price per unit, rounded half up to the picodollar. */
export function flat(billed: Quantity, unitPrice: Picodollars): Picodollars {
  return divideHalfUp(billed.numerator * unitPrice, billed.denominator);
}
