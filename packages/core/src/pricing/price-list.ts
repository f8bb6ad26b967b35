import { fromUsd } from '../money/picodollars.ts';
import type { Tier } from './graduated.ts';
import type { OwnPrice } from './own-price.ts';
import { regionsOf, rowIn, rowOf, type PriceRow, type PriceListTier } from './price-rows.ts';
import type { PriceListData } from './price-list-schema.ts';
import { fromDecimal, product, quantity, ratio, zero, type Quantity } from './quantity.ts';

/** How one meter is priced in one region; one object for each, so that equal pricing is the same object. */
export interface MeterPrice {
  readonly id: string;
  /** The name of the line on the bill. */
  readonly meter: string;
  readonly unit: string;
  readonly tiers: readonly PrintedTier[];
  /** `used` where the tiers count what is free as well, else what is billed. */
  readonly tiersCount?: string | undefined;
  /** What is free each month. */
  readonly allowance: Quantity;
  /** Group that shares the allowance: its prices use it up together; `null` where there is none. */
  readonly allowanceGroup: string | null;
  /** In whole units as the tiers count them, where the price above was not found and the last one known is taken. */
  readonly knownUpTo: bigint | null;
  readonly region: string;
  /** The address of the page or file that the price comes from. */
  readonly source: string;
  /** How far the source is to be trusted: `official`, `open-source`, `third-party`, `unverified`, or the caller's `own`. */
  readonly confidence: string;
  /** The caller's own price that it is, or that was taken off it. */
  readonly own?: OwnPrice | undefined;
  readonly list: PriceListHead;
  /** The place of the price on its list: by region, then as it is written. */
  readonly order: number;
}

/** What a bill says of a list. */
export interface PriceListHead {
  readonly service: string;
  readonly date: string;
  /** Addresses of the pages and files that the numbers come from. */
  readonly sources: readonly string[];
}

/** A tier with its price as the list prints it. */
interface PrintedTier extends Tier {
  readonly upToPrinted: string | null;
  readonly unitPriceUsd: string;
}

/** A price list opened for looking up. */
export interface PriceList extends PriceListHead {
  readonly regions: readonly string[];
  /** As it is written down. */
  readonly data: PriceListData;
  /** The price with this id in a region; throws `NoPriceError` where the list has none. */
  price(region: string, id: string): MeterPrice;
}

/** Thrown when a list has no such price in a region; says where it has one. */
export class NoPriceError extends Error {
  readonly id: string;
  readonly regions: readonly string[];

  constructor(service: string, region: string, id: string, regions: readonly string[]) {
    super(`${service} has no price ${id} in ${region}`);
    this.name = 'NoPriceError';
    this.id = id;
    this.regions = regions;
  }
}

/** Opens a list: every price becomes exact picodollars once, those of a region on first use, and then what `adjust` makes of it. */
export function openPriceList(
  data: PriceListData,
  adjust: (price: MeterPrice) => MeterPrice = (price) => price,
): PriceList {
  const sources = Object.values(data.sources).map((source) => source.url);
  const list: PriceListHead = { service: data.service, date: data.date, sources };
  const regions = regionsOf(data);
  const opened = new Map<string, ReadonlyMap<string, MeterPrice>>();
  const priced = new Map<string, readonly string[]>();

  function pricesIn(region: string): ReadonlyMap<string, MeterPrice> {
    const known = opened.get(region);
    if (known !== undefined) return known;
    const prices = new Map<string, MeterPrice>();
    const regionIndex = regions.indexOf(region);
    if (regionIndex === -1) return prices;
    data.prices.forEach((price, priceIndex) => {
      const row = rowIn(data, price, region);
      if (row === undefined) return;
      const order = regionIndex * data.prices.length + priceIndex;
      prices.set(row.id, adjust({ ...rateOf(data, row), list, order }));
    });
    opened.set(region, prices);
    return prices;
  }

  function regionsWith(id: string): readonly string[] {
    const known = priced.get(id) ?? regions.filter((each) => rowOf(data, id, each) !== undefined);
    priced.set(id, known);
    return known;
  }

  return {
    ...list,
    data,
    regions,
    price(region, id) {
      const price = pricesIn(region).get(id);
      if (price !== undefined) return price;
      throw new NoPriceError(data.service, region, id, regionsWith(id));
    },
  };
}

function rateOf(data: PriceListData, row: PriceRow): Omit<MeterPrice, 'list' | 'order'> {
  const source = data.sources[row.source];
  if (source === undefined) throw new Error(`${data.service} has no source ${row.source}`);
  return {
    id: row.id,
    meter: row.meter ?? row.id,
    unit: row.unit,
    tiers: row.tiers.map(toTier),
    tiersCount: row.tiersCount,
    allowance: allowanceOf(data, row),
    allowanceGroup: allowanceGroupOf(data, row),
    knownUpTo: row.knownUpTo === undefined ? null : BigInt(row.knownUpTo),
    region: row.region,
    source: source.url.replaceAll('{region}', row.region),
    confidence: source.confidence,
  };
}

function allowanceGroupOf(data: PriceListData, { allowance, region }: PriceRow): string | null {
  if (allowance === undefined) return null;
  const isOfRegion = data.allowances.find(({ id }) => id === allowance)?.per === 'region';
  return `${data.service}/${allowance}${isOfRegion ? `/${region}` : ''}`;
}

function toTier({ upTo, usd }: PriceListTier): PrintedTier {
  return {
    upTo: upTo === null ? null : BigInt(upTo),
    unitPrice: fromUsd(usd),
    upToPrinted: upTo === null ? null : String(upTo),
    unitPriceUsd: usd,
  };
}

function allowanceOf(data: PriceListData, row: PriceRow): Quantity {
  if (row.allowance === undefined) return zero;
  const allowance = data.allowances.find(({ id }) => id === row.allowance);
  if (allowance === undefined) throw new Error(`${data.service} has no allowance ${row.allowance}`);
  const free = fromDecimal(allowance.quantity);
  const { valuedIn = row.region, valuedAt = row.id } = allowance;
  if (valuedIn === row.region && valuedAt === row.id) return free;
  const worth = firstPrice(data, rowOf(data, valuedAt, valuedIn), `${valuedAt} in ${valuedIn}`);
  const here = firstPrice(data, row, `${row.id} in ${row.region}`);
  return worth === here ? free : product(free, ratio(quantity(worth), quantity(here)));
}

function firstPrice({ service }: PriceListData, row: PriceRow | undefined, name: string) {
  const usd = row?.tiers[0]?.usd;
  if (usd === undefined) throw new Error(`${service} has no price ${name}`);
  return fromUsd(usd);
}
