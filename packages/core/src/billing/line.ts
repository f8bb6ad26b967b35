import { toUsd, type Picodollars } from '../money/picodollars.ts';
import { takeAllowance } from '../pricing/free-allowance.ts';
import { graduated, type TierCharge } from '../pricing/graduated.ts';
import type { MeterPrice } from '../pricing/price-list.ts';
import { toDecimal, zero, type Quantity } from '../pricing/quantity.ts';
import type { DocumentLine, Line } from './bill-schema.ts';

/** A used quantity, parted into free and billed, and what each tier of it costs. */
export interface Priced {
  readonly used: Quantity;
  readonly free: Quantity;
  readonly billed: Quantity;
  readonly charges: readonly TierCharge[];
  readonly amount: Picodollars;
}

/** Prices what was used, less what of it the allowance covers. */
export function priceAt(price: MeterPrice, used: Quantity, allowance: Quantity): Priced {
  const { free, billed } = takeAllowance(used, allowance);
  const charges = graduated(billed, price.tiers, price.tiersCount === 'used' ? free : zero);
  let amount = 0n;
  for (const charge of charges) amount += charge.amount;
  return { used, free, billed, charges, amount };
}

/** The line of a bill that shows how a quantity was priced. */
export function toLine({ meter, unit, tiers }: MeterPrice, priced: Priced): Line {
  const used = toDecimal(priced.used);
  const free = priced.free === priced.used ? used : toDecimal(priced.free);
  const billed = priced.billed === priced.used ? used : toDecimal(priced.billed);
  const amountUsd = toUsd(priced.amount);
  const [only] = tiers;
  if (tiers.length === 1 && only !== undefined) {
    return { meter, unit, used, free, billed, unitPriceUsd: only.unitPriceUsd, amountUsd };
  }
  const printed = tiers.map(({ upToPrinted, unitPriceUsd }, index) => {
    const charge = priced.charges[index];
    return {
      upTo: upToPrinted,
      unitPriceUsd,
      billed: charge?.billed === priced.billed ? billed : toDecimal(charge?.billed ?? zero),
      amountUsd: toUsd(charge?.amount ?? 0n),
    };
  });
  return { meter, unit, used, free, billed, tiers: printed, amountUsd };
}

/** What was used at one price, and by which items. */
interface Used {
  readonly price: MeterPrice;
  readonly items: number[];
}

/** The line of a bill of several services: what was used of which, and where its price comes from. */
export function toDocumentLine(
  { price, items }: Used,
  priced: Priced,
  allowance: Quantity,
): DocumentLine {
  const { id, region, source, confidence, list } = price;
  // Assigned, not spread: spreading took four fifths of a bill's time.
  return Object.assign(toLine(price, priced), {
    service: list.service,
    region,
    items,
    price: id,
    allowance: toDecimal(allowance),
    source,
    confidence,
  });
}
