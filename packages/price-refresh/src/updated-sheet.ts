import type { PriceSheetData } from '@tricloud/core/parts';
import type { RowReport } from './row-report.ts';

/** A sheet with the prices, sources and dates of what was read; what was not stays as it is. */
export function updatedSheet(
  data: PriceSheetData,
  reports: readonly RowReport[],
  today: string,
): PriceSheetData {
  const sources = { ...data.sources };
  const prices = data.prices.map((row) => {
    const report = reports.find(
      ({ sheet, price, area }) => sheet === data.service && price === row.id && area === row.area,
    );
    if (report?.new === undefined || report.source === undefined) return row;
    const { key, url, date } = report.source;
    sources[key] = { url, date, confidence: 'official' };
    const { knownUpTo: _, ...rest } = row;
    return { ...rest, tiers: [...report.new], source: key };
  });
  if (prices.every((row, index) => row === data.prices[index])) return data;
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
