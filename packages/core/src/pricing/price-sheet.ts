import * as v from 'valibot';
import { fromUsd } from '../money/picodollars.ts';
import type { Tier } from './graduated.ts';
import { fromDecimal, quantity, zero, type Quantity } from './quantity.ts';

const Decimal = v.pipe(v.string(), v.regex(/^\d+(\.\d{1,12})?$/));
const Day = v.pipe(v.string(), v.regex(/^\d{4}(-\d{2}(-\d{2})?)?$/));

/** A price sheet as it is written down: numbers with unit, region, source, date and confidence, and no logic. */
export const PriceSheetSchema = v.strictObject({
  service: v.string(),
  /** The day on which the sheet was last compared with its sources. */
  date: v.pipe(v.string(), v.isoDate()),
  sources: v.record(
    v.string(),
    v.strictObject({
      url: v.pipe(v.string(), v.url()),
      /** The date of the copy that was read, as far as it is known. */
      date: v.nullable(Day),
      confidence: v.pipe(v.string(), v.regex(/^(official|open-source|third-party|recalled)$/)),
    }),
  ),
  /** Each region the sheet has prices for, and the price area it belongs to. */
  regions: v.record(v.string(), v.string()),
  prices: v.array(
    v.strictObject({
      id: v.string(),
      area: v.string(),
      unit: v.string(),
      /** Prices per unit; `upTo` counts whole billed units, `null` is without end. */
      tiers: v.array(
        v.strictObject({ upTo: v.nullable(v.pipe(v.number(), v.integer())), usd: Decimal }),
      ),
      allowance: v.optional(v.string()),
      source: v.string(),
    }),
  ),
  /** What an account has free each month. */
  allowances: v.array(
    v.strictObject({
      id: v.string(),
      unit: v.string(),
      quantity: Decimal,
      /** The area at whose price the allowance is valued; in a dearer area it covers less. */
      valuedIn: v.optional(v.string()),
      source: v.string(),
    }),
  ),
});

/** A price sheet as it is written down. */
export type PriceSheetData = v.InferOutput<typeof PriceSheetSchema>;

/** How one meter is priced in one region. */
export interface MeterPrice {
  readonly unit: string;
  readonly tiers: readonly PrintedTier[];
  /** What is free each month. */
  readonly allowance: Quantity;
}

/** A tier with its price as the sheet prints it. */
export interface PrintedTier extends Tier {
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
  const areaOf = new Map(Object.entries(data.regions));
  const prices = new Map(
    data.prices.map((row) => [
      key(row.area, row.id),
      { unit: row.unit, tiers: row.tiers.map(toTier), allowance: allowanceOf(data, row) },
    ]),
  );
  return {
    service: data.service,
    date: data.date,
    sources: Object.values(data.sources).map((source) => source.url),
    regions: [...areaOf.keys()],
    price(region, id) {
      const price = prices.get(key(areaOf.get(region) ?? '', id));
      if (price === undefined) throw new Error(`${data.service} has no price ${id} in ${region}`);
      return price;
    },
  };
}

function key(area: string, id: string): string {
  return `${area} ${id}`;
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
