import type { MeterPrice } from '../pricing/price-list.ts';
import type { Quantity } from '../pricing/quantity.ts';

/** How much of one thing was used, and how it is priced. */
export interface Metered {
  readonly quantity: Quantity;
  readonly price: MeterPrice;
}
