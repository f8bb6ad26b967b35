import { toUsd } from '../money/picodollars.ts';
import { takeAllowance } from '../pricing/free-allowance.ts';
import type { MeterPrice, PriceListHead } from '../pricing/price-list.ts';
import {
  isMore,
  minus,
  plus,
  product,
  quantity,
  ratio,
  zero,
  type Quantity,
} from '../pricing/quantity.ts';
import type { BillDocument, DocumentLine } from './bill-schema.ts';
import { toDocumentLine } from './document-line.ts';
import { priceAt } from './line.ts';
import type { Usage } from './parse-usage.ts';

/** What a bill is made with. */
export interface BillUsageOptions {
  /** The day it is asked for, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/**
 * Bills a month of an account. What several items use at one price is added up first, then the free
 * allowances are taken off, then the tiers are priced; the order of the items does not matter.
 */
export function billUsage(usage: Usage, { asOf }: BillUsageOptions): BillDocument {
  const { freeTier, items } = usage;
  const sums = addUp(items).sort(canonically);
  const allowed = freeTier ? shareOut(sums) : new Map<Sum, Quantity>();
  const lines: DocumentLine[] = [];
  const lists: PriceListHead[] = [];
  const warnings: string[] = [];
  let total = 0n;
  for (const sum of sums) {
    const { price, used } = sum;
    const priced = priceAt(price, used, allowed.get(sum) ?? zero);
    total += priced.amount;
    const { confidence, list } = price;
    lines.push(toDocumentLine(sum, priced, freeTier ? price.allowance : zero));
    if (confidence === 'recalled') warnings.push(recallWarning(price));
    if (lists.at(-1) !== list) {
      lists.push(list);
      if (isTooOld(list, asOf)) warnings.push(ageWarning(list, asOf));
    }
    const { knownUpTo } = price;
    if (
      knownUpTo !== null &&
      isMore(price.tiersCount === 'used' ? used : priced.billed, quantity(knownUpTo))
    ) {
      warnings.push(endWarning(price, knownUpTo));
    }
  }
  return {
    asOf,
    freeTier,
    items: items.map(({ service, region, plan }) => ({ service, region, plan })),
    lines,
    totalUsd: toUsd(total),
    priceLists: lists.map(({ service, date, sources }) => ({
      service,
      date,
      sources: [...sources],
    })),
    warnings,
  };
}

/** What all items together used at one price. */
interface Sum {
  readonly price: MeterPrice;
  used: Quantity;
  readonly items: number[];
}

function addUp(items: Usage['items']): Sum[] {
  const sums = new Map<MeterPrice, Sum>();
  items.forEach(({ metered }, index) => {
    for (const { price, quantity: used } of metered) {
      const sum = sums.get(price);
      if (sum === undefined) {
        sums.set(price, { price, used, items: [index] });
        continue;
      }
      sum.used = plus(sum.used, used);
      if (sum.items.at(-1) !== index) sum.items.push(index);
    }
  });
  return [...sums.values()];
}

function canonically({ price: a }: Sum, { price: b }: Sum): number {
  if (a.list === b.list) return a.order - b.order;
  return a.list.service < b.list.service ? -1 : 1;
}

/**
 * How much of each sum is free. An allowance that several prices share covers the dearest first, which is the
 * least bill there is; what a covered unit takes of it is its part of the whole allowance at that price.
 */
function shareOut(sums: readonly Sum[]): Map<Sum, Quantity> {
  const allowed = new Map<Sum, Quantity>();
  const takers = new Map<string, Taker>();
  for (const sum of sums.toSorted(dearestFirst)) {
    const { pool, allowance } = sum.price;
    if (pool === null || allowance.numerator === 0n) continue;
    const before = takers.get(pool);
    const share = before === undefined ? whole : leftBy(before);
    const free = before === undefined ? allowance : product(allowance, share);
    allowed.set(sum, free);
    takers.set(pool, { sum, share, free });
  }
  return allowed;
}

const whole = quantity(1n);

/** What took of an allowance last: which share of it there was, and how much it comes to at this price. */
interface Taker {
  readonly sum: Sum;
  readonly share: Quantity;
  readonly free: Quantity;
}

/** The share of an allowance that is left for the next; mostly there is none, so it is reckoned only then. */
function leftBy({ sum: { used, price }, share, free }: Taker): Quantity {
  return minus(share, ratio(takeAllowance(used, free).free, price.allowance));
}

/** A stable sort: alike in price, the canonical order decides. */
function dearestFirst({ price: a }: Sum, { price: b }: Sum): number {
  const [first, second] = [a.tiers[0]?.unitPrice ?? 0n, b.tiers[0]?.unitPrice ?? 0n];
  if (first === second) return 0;
  return first > second ? -1 : 1;
}

/** Whether a list was last compared with its sources more than a year before a day. */
export function isTooOld({ date }: PriceListHead, asOf: string): boolean {
  if (asOf <= date) return false;
  const aYearOn = String(Number(date.slice(0, 4)) + 1) + date.slice(4);
  return asOf > aYearOn;
}

/** That the prices of a list are old. */
export function ageWarning({ service, date }: PriceListHead, asOf: string): string {
  return `The prices of ${service} are of ${date}, more than a year before ${asOf}.`;
}

/** That a price was not read in its source. */
export function recallWarning({ list, region, meter, source }: MeterPrice): string {
  return `The price of ${list.service} ${meter} in ${region} is recalled, not read; compare it with ${source}.`;
}

/** That more is used than prices are known for; where the last of them is nothing, no amount stands for it. */
function endWarning(price: MeterPrice, knownUpTo: bigint): string {
  const { list, region, meter, unit, tiers } = price;
  const isFree = tiers.at(-1)?.unitPrice === 0n;
  const instead = isFree ? 'what it costs is left out of this bill' : 'the last known one is taken';
  return `The price of ${list.service} ${meter} above ${knownUpTo} ${unit} in ${region} is not known; ${instead}.`;
}
