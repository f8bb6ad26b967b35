import type { MeterPrice } from '../pricing/price-list.ts';
import { toDecimal, type Quantity } from '../pricing/quantity.ts';
import type { DocumentLine } from './bill-schema.ts';
import { toLine, type Priced } from './line.ts';

/** What was used at one price, and by which items. */
interface Used {
  readonly price: MeterPrice;
  readonly items: number[];
}

/** The line of a bill of several services: what was used of which, and where its price comes from. */
export function toDocumentLine(
  { price, items }: Used,
  priced: Priced,
  allowed: Quantity,
): DocumentLine {
  const { id, region, source, confidence, list } = price;
  const { service } = list;
  const line = toLine(price, priced);
  const { meter, unit, used, free, billed, amountUsd } = line;
  const allowance = toDecimal(allowed);
  // Every member by its name: spreading one object into the middle of another took two fifths of a bill's time.
  if ('tiers' in line) {
    const { tiers } = line;
    return {
      service,
      region,
      items,
      price: id,
      meter,
      unit,
      used,
      free,
      billed,
      tiers,
      amountUsd,
      allowance,
      source,
      confidence,
    };
  }
  const { unitPriceUsd } = line;
  return {
    service,
    region,
    items,
    price: id,
    meter,
    unit,
    used,
    free,
    billed,
    unitPriceUsd,
    amountUsd,
    allowance,
    source,
    confidence,
  };
}
