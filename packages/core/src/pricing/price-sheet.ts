import { fromUsd } from '../money/picodollars.ts';
import type { Tier } from './graduated.ts';
import type { PriceSheetData } from './price-sheet-schema.ts';
import { fromDecimal, quantity, zero, type Quantity } from './quantity.ts';

/** How one meter is priced in one region. */
export interface MeterPrice {
  readonly unit: string;
  readonly tiers: readonly PrintedTier[];
  /** What is free each month. */
  readonly allowance: Quantity;
}

/** A tier with its price as the sheet prints it. */
interface PrintedTier extends Tier {
  readonly upToPrinted: string | null;
  readonly unitPriceUsd: string;
}

/** A price sheet opened for looking up. */
export interface PriceSheet {
  readonly service: string;
  readonly date: string;
  /** Addresses of the pages and files that the numbers come from. */
  readonly sources: readonly string[];
  readonly regions: readonly string[];
  /** The price with this id in a region; a region or an id that the sheet does not have is a fault of the caller. */
  price(region: string, id: string): MeterPrice;
}

/** Opens a sheet: every price becomes exact picodollars, once. */
export function openSheet(data: PriceSheetData): PriceSheet {
  const byArea = new Map<string, Map<string, MeterPrice>>();
  for (const row of data.prices) {
    const prices = byArea.get(row.area) ?? new Map<string, MeterPrice>();
    const { unit, tiers } = row;
    prices.set(row.id, { unit, tiers: tiers.map(toTier), allowance: allowanceOf(data, row) });
    byArea.set(row.area, prices);
  }
  const byRegion = new Map(
    Object.entries(data.regions).map(([region, area]) => [region, byArea.get(area)]),
  );
  return {
    service: data.service,
    date: data.date,
    sources: Object.values(data.sources).map((source) => source.url),
    regions: [...byRegion.keys()],
    price(region, id) {
      const price = byRegion.get(region)?.get(id);
      if (price === undefined) throw new Error(`${data.service} has no price ${id} in ${region}`);
      return price;
    },
  };
}

function toTier({ upTo, usd }: PriceSheetData['prices'][number]['tiers'][number]): PrintedTier {
  return {
    upTo: upTo === null ? null : BigInt(upTo),
    unitPrice: fromUsd(usd),
    upToPrinted: upTo === null ? null : String(upTo),
    unitPriceUsd: usd,
  };
}

function allowanceOf(data: PriceSheetData, row: PriceSheetData['prices'][number]): Quantity {
  if (row.allowance === undefined) return zero;
  const allowance = data.allowances.find(({ id }) => id === row.allowance);
  if (allowance === undefined) throw new Error(`${data.service} has no allowance ${row.allowance}`);
  const free = fromDecimal(allowance.quantity);
  const { valuedIn } = allowance;
  if (valuedIn === undefined || valuedIn === row.area) return free;
  const valued = data.prices.find(({ area, id }) => area === valuedIn && id === row.id);
  const [worth, here] = [valued?.tiers[0], row.tiers[0]];
  if (worth === undefined || here === undefined) {
    throw new Error(`${data.service} has no price ${row.id} in ${valuedIn}`);
  }
  return worth.usd === here.usd
    ? free
    : quantity(free.numerator * fromUsd(worth.usd), free.denominator * fromUsd(here.usd));
}
