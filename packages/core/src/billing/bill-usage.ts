import type { Text } from '../catalog/text.ts';
import { toUsd } from '../money/picodollars.ts';
import { takeAllowance } from '../pricing/free-allowance.ts';
import type { OwnPrice } from '../pricing/own-price.ts';
import type { MeterPrice, PriceListHead } from '../pricing/price-list.ts';
import { minus, plus, product, quantity, ratio, zero, type Quantity } from '../pricing/quantity.ts';
import type { BillDocument, DocumentLine } from './bill-schema.ts';
import { priceAt, toDocumentLine } from './line.ts';
import type { Usage } from './parse-usage.ts';
import { ageWarning, beyondKnownWarning, unverifiedWarning } from './price-warnings.ts';

/** What a bill is made with. */
export interface BillUsageOptions {
  /** Date of the bill, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/**
 * Bills a month of an account. What several items use at one price is added up first, then the free
 * allowances are taken off, then the tiers are priced; the order of the items does not matter.
 */
export function billUsage(usage: Usage, { asOf }: BillUsageOptions): BillDocument {
  const { freeTier, items } = usage;
  const sums = addUp(items).sort(canonically);
  const allowed = freeTier ? allocateAllowances(sums) : new Map<Sum, Quantity>();
  const lines: DocumentLine[] = [];
  const lists = new Set<PriceListHead>();
  const own = new Set<OwnPrice>();
  const warnings: (Text | undefined)[] = [];
  let total = 0n;
  for (const sum of sums) {
    const { price, used } = sum;
    const priced = priceAt(price, used, allowed.get(sum) ?? zero);
    total += priced.amount;
    lines.push(toDocumentLine(sum, priced, freeTier ? price.allowance : zero));
    if (price.own !== undefined) own.add(price.own);
    warnings.push(
      unverifiedWarning(price),
      lists.has(price.list) ? undefined : ageWarning(price.list, asOf),
      beyondKnownWarning(price, price.tiersCount === 'used' ? used : priced.billed),
    );
    lists.add(price.list);
  }
  return {
    asOf,
    freeTier,
    items: items.map(({ service, region, plan }) => ({ service, region, plan })),
    lines,
    totalUsd: toUsd(total),
    priceLists: Array.from(lists, ({ service, date, sources }) => ({
      service,
      date,
      sources: [...sources],
    })),
    ownPrices: Array.from(own, ({ key, value }) => ({ key, value })),
    warnings: warnings.filter((warning) => warning !== undefined),
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
 * Free quantity of each sum. An allowance group covers the most expensive price first, which gives the lowest bill; a
 * covered unit uses its part of the whole allowance at that price.
 */
function allocateAllowances(sums: readonly Sum[]): Map<Sum, Quantity> {
  const allowed = new Map<Sum, Quantity>();
  const allocations = new Map<string, Allocation>();
  for (const sum of sums.toSorted(mostExpensiveFirst)) {
    const { allowanceGroup, allowance } = sum.price;
    if (allowanceGroup === null || allowance.numerator === 0n) continue;
    const before = allocations.get(allowanceGroup);
    const share = before === undefined ? whole : leftBy(before);
    const free = before === undefined ? allowance : product(allowance, share);
    allowed.set(sum, free);
    allocations.set(allowanceGroup, { sum, share, free });
  }
  return allowed;
}

const whole = quantity(1n);

/** Latest allocation of an allowance: the share that was left for it, and its quantity at this price. */
interface Allocation {
  readonly sum: Sum;
  readonly share: Quantity;
  readonly free: Quantity;
}

/** Share of an allowance that is left for the next price; computed only when a second price shares it. */
function leftBy({ sum: { used, price }, share, free }: Allocation): Quantity {
  return minus(share, ratio(takeAllowance(used, free).free, price.allowance));
}

/** Sorts stably: at equal prices the canonical order decides. */
function mostExpensiveFirst({ price: a }: Sum, { price: b }: Sum): number {
  const [first, second] = [a.tiers[0]?.unitPrice ?? 0n, b.tiers[0]?.unitPrice ?? 0n];
  if (first === second) return 0;
  return first > second ? -1 : 1;
}
