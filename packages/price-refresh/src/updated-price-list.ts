import type { PriceListData } from '@tricloud/core/parts';
import type { RowReport } from './row-report.ts';

type Price = PriceListData['prices'][number];

/** A list with the prices, sources and dates of what was read; what was not stays as it is. */
export function updatedPriceList(
  data: PriceListData,
  reports: readonly RowReport[],
  today: string,
): PriceListData {
  const read = reports.filter(({ list, source }) => list === data.service && source);
  const prices = data.prices.flatMap((price) => updatedPrice(price, read));
  if (JSON.stringify(prices) === JSON.stringify(data.prices)) return data;
  const sources = { ...data.sources };
  for (const { source } of read) {
    if (source === undefined) continue;
    const { key, url, date } = source;
    sources[key] = { url, date, confidence: 'official' };
  }
  const used = new Set([...prices, ...data.allowances].map(({ source }) => source));
  const wasUsed = new Set([...data.prices, ...data.allowances].map(({ source }) => source));
  return {
    ...data,
    date: today,
    // A source that nothing stands on any more goes; one that stood beside the numbers stays.
    sources: Object.fromEntries(
      Object.entries(sources).filter(([key]) => used.has(key) || !wasUsed.has(key)),
    ),
    prices,
  };
}

/** A price whose areas no longer have the same source or tiers becomes several, side by side. */
function updatedPrice(price: Price, reports: readonly RowReport[]): readonly Price[] {
  const parts = new Map<string, Price>();
  for (const [area, each] of Object.entries(price.usd)) {
    const report = reports.find((one) => one.price === price.id && one.area === area);
    const { usd, ...rest } = updatedArea(price, each, report);
    const key = JSON.stringify(rest);
    const part = parts.get(key) ?? { ...rest, usd: {} };
    part.usd[area] = usd;
    parts.set(key, part);
  }
  return [...parts.values()];
}

interface OfArea extends Omit<Price, 'usd'> {
  readonly usd: string[];
}

function updatedArea(price: Price, was: string[], report: RowReport | undefined): OfArea {
  if (report?.new === undefined || report.source === undefined) return { ...price, usd: was };
  const { upTo: _, knownUpTo: __, source: ___, ...rest } = price;
  const ends = report.new.flatMap(({ upTo }) => upTo ?? []);
  return {
    ...rest,
    ...(ends.length === 0 ? {} : { upTo: ends }),
    source: report.source.key,
    usd: report.new.map(({ usd }) => usd),
  };
}
