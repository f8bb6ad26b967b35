import { type PriceListData, regionsOf, rowIn } from '@tricloud/core/parts';
import type { RowReport } from './row-report.ts';

type Price = PriceListData['prices'][number];
type Regions = PriceListData['regions'];

/** A list with the prices, sources and dates of what was read; what was not stays as it is. */
export function updatedPriceList(
  data: PriceListData,
  reports: readonly RowReport[],
  today: string,
): PriceListData {
  const read = reports.filter(({ list, source }) => list === data.service && source);
  const ids = [...new Set(data.prices.map(({ id }) => id))];
  const prices = ids.flatMap((id) => updatedPrice(data, id, read));
  if (JSON.stringify(prices) === JSON.stringify(data.prices)) return data;
  const sources = { ...data.sources };
  for (const report of read) {
    const source = sourceOf(report);
    if (source === undefined) continue;
    const { key, url, date } = source;
    const known = sources[key];
    // Of files of several days, the first day holds for all.
    const isLater = known?.url === url && known.date !== null && known.date < date;
    sources[key] = { url, date: isLater ? known.date : date, confidence: 'official' };
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

/** The source that a report was read from, one for all regions: `{region}` stands for the region in its name and address. */
function sourceOf({ source, region }: RowReport) {
  if (source === undefined) return undefined;
  // Azure's address has it in quotes, and every host of AWS has us-east-1 in its name.
  const place = new RegExp(`(?<=/|'|%27)${region}(?=/|'|%27|$)`, 'g');
  const ofAll = (text: string) => text.replace(place, '{region}');
  return { ...source, key: ofAll(source.key), url: ofAll(source.url) };
}

/** A price is written once for all regions that have it from the same source with the same tier ends. */
function updatedPrice(
  data: PriceListData,
  id: string,
  reports: readonly RowReport[],
): readonly Price[] {
  const written = data.prices.filter((price) => price.id === id);
  const ofPrice = reports.filter((report) => report.price === id);
  if (ofPrice.length === 0) return written;
  const parts = new Map<string, { readonly rest: Price; readonly cells: Map<string, string> }>();
  for (const price of written) {
    for (const region of regionsOf(data)) {
      const row = rowIn(data, price, region);
      if (row === undefined) continue;
      const cell = row.tiers.map(({ usd }) => usd).join('/');
      const report = ofPrice.find((each) => each.region === region);
      const { usd, ...rest } = updatedRegion(price, cell, report);
      const key = JSON.stringify(rest);
      const part = parts.get(key) ?? { rest, cells: new Map<string, string>() };
      part.cells.set(region, usd);
      parts.set(key, part);
    }
  }
  return [...parts.values()].map(({ rest, cells }) => ({
    ...rest,
    usd: inColumns(data.regions, cells),
  }));
}

function updatedRegion(price: Price, was: string, report: RowReport | undefined) {
  const source = report && sourceOf(report);
  const { usd: _, ...same } = price;
  if (report?.new === undefined || source === undefined) return { ...same, usd: was };
  const { upTo: __, knownUpTo: ___, source: ____, ...rest } = same;
  const ends = report.new.flatMap(({ upTo }) => upTo ?? []);
  return {
    ...rest,
    ...(ends.length === 0 ? {} : { upTo: ends }),
    source: source.key,
    usd: report.new.map(({ usd }) => usd).join('/'),
  };
}

/**
 * Writes the prices of regions in the columns of a list: one price where a whole group has the same, else a line for
 * each group with a price for each of its regions in their order; regions by themselves where that is a third of a group or less.
 */
export function inColumns(
  regions: Regions,
  cells: ReadonlyMap<string, string>,
): Record<string, string> {
  const groups = Object.entries(regions);
  const isWhole = ([, members]: (typeof groups)[number]) =>
    members.every((each) => cells.has(each) && cells.get(each) === cells.get(members[0] ?? ''));
  const written = new Set(groups.filter(isWhole).flatMap(([, members]) => members));
  const usd: Record<string, string> = {};
  for (const group of groups) {
    const [name, members] = group;
    const left = members.filter((each) => cells.has(each) && !written.has(each));
    if (isWhole(group)) usd[name] = cells.get(members[0] ?? '') ?? '-';
    else if (left.length <= Math.max(1, members.length / 3)) {
      for (const each of left) usd[each] = cells.get(each) ?? '-';
    } else {
      usd[name] = members
        .map((each) => (left.includes(each) ? (cells.get(each) ?? '-') : '-'))
        .join(' ');
    }
    for (const each of left) written.add(each);
  }
  return usd;
}
