import { billOf, lineOf, type PricedLine } from '../billing/bill.ts';
import type { Metered } from '../billing/metered.ts';
import type { Picodollars } from '../money/picodollars.ts';
import type { PriceListHead } from '../pricing/price-list.ts';
import { exactly, quantity, toDecimal } from '../pricing/quantity.ts';
import type { Carrier } from './carriers.ts';
import type { Offer } from './comparison.ts';
import type { Kept, Share } from './curve.ts';
import type { Workload } from './workload.ts';

/** An offer with its total as money, for ranking. */
export interface Ranked {
  readonly offer: Offer;
  readonly total: Picodollars;
}

/** Makes the offers of one workload; a line that several of them have is priced once. */
export function offersFor(
  workload: Workload,
  toKept: ReturnType<typeof keptFor>,
): (carrier: Carrier) => Ranked {
  const { freeTier } = workload;
  const requests = BigInt(workload.requestsPerMonth);
  const known = new Map<Metered, PricedLine>();
  const lineOfRequests = (item: Metered): PricedLine => {
    const before = known.get(item);
    if (before !== undefined) return before;
    const line = lineOf(item, { count: requests, freeTier });
    known.set(item, line);
    return line;
  };
  const knownSources = new Map<PriceListHead, readonly string[]>();
  return ({ id, provider, list, curve: { perRequest, kept }, notes }) => {
    const lines = perRequest.map(lineOfRequests);
    if (kept !== null) addKept(lines, kept, freeTier);
    const sources = knownSources.get(list) ?? sourcesOf(list, perRequest);
    knownSources.set(list, sources);
    const { bill, total } = billOf(lines, { date: list.date, sources });
    const offer = { id, provider, bill, kept: kept && toKept(kept.share), notes: [...notes] };
    return { offer, total };
  };
}

function addKept(lines: PricedLine[], { month, share: { count } }: Kept, freeTier: boolean): void {
  if (count === 1n && month.linesOfOne !== null) {
    for (const { line, amount } of month.linesOfOne) lines.push({ line: { ...line }, amount });
  } else {
    for (const item of month.each) lines.push(lineOf(item, { count, freeTier }));
  }
}

/** The sources of the list, then those of what is used besides, such as egress. */
function sourcesOf(own: PriceListHead, perRequest: readonly Metered[]): readonly string[] {
  const all = [...own.sources];
  for (const { price } of perRequest) {
    if (price.list.service === own.service) continue;
    for (const source of price.list.sources) if (!all.includes(source)) all.push(source);
  }
  return all;
}

/** How many are kept for a workload, and the share of all that they can carry that the average request takes. */
export function keptFor(workload: Workload): (share: Share) => NonNullable<Offer['kept']> {
  const requests = BigInt(workload.requestsPerMonth);
  const peak = exactly(workload.peakToAverage);
  const known = new Map<number, NonNullable<Offer['kept']>>();
  return ({ carries, perRequest, count }) => {
    const before = known.get(carries);
    if (before !== undefined) return { count: before.count, carries, usedShare: before.usedShare };
    const used = quantity(
      perRequest.numerator * requests * peak.denominator,
      perRequest.denominator * count * peak.numerator,
    );
    const kept = { count: Number(count), carries, usedShare: toDecimal(used) };
    known.set(carries, { ...kept });
    return kept;
  };
}

/** Cheapest first; alike, by id. */
export function cheaperFirst(a: Ranked, b: Ranked): number {
  if (a.total !== b.total) return a.total < b.total ? -1 : 1;
  return a.offer.id < b.offer.id ? -1 : 1;
}
