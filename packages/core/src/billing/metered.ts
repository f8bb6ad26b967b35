import type { MeterPrice } from '../pricing/price-sheet.ts';
import type { Quantity } from '../pricing/quantity.ts';

/** How much of one thing was used, and how it is priced. */
export interface Metered {
  /** The name of the line on the bill. */
  readonly meter: string;
  readonly quantity: Quantity;
  readonly price: MeterPrice;
}
