import { type Comparison, places, providerIds, type ProviderId } from '@tricloud/core';
import { number, percent, roughly } from '../numbers.ts';
import { wrap } from '../table.ts';
import { answer } from './answer.ts';
import type { Layout } from './layout.ts';
import { isServer, providerNames, shortNameOf, sizeOf } from './names.ts';
import { estimatesOf, firstRows, rankingTable } from './ranking.ts';
import { unavailableLines } from './unavailable.ts';
import { words } from './words.ts';

/** Lines of a terminal that a comparison fits together with the prompt below it. */
const screenLines = 23;
const screenColumns = 80;

/** A comparison on one screen: the answer, the first rows of the ranking, and where servers become cheaper. */
export function screen(comparison: Comparison, layout: Layout): readonly string[] {
  const { lang, paint } = layout;
  const narrow = { ...layout, width: Math.min(layout.width, screenColumns) };
  const { width } = narrow;
  const all = estimatesOf(comparison);
  const head = [
    ...wrap(answer(comparison, layout), width).map((line) => paint('bold', line)),
    ...wrap(regions(comparison, layout), width),
    '',
  ];
  const tail = [
    '',
    ...(all.length === 0 ? reasons(comparison, narrow) : breakEvens(comparison, narrow)),
    '',
    ...wrap(`${assumptions(comparison, lang)} ${words[lang].seeAll}`, width),
  ];
  if (all.length === 0) return [...head.slice(0, -1), ...tail].slice(0, screenLines);
  // The titles of the table and the line below it.
  const room = Math.max(3, screenLines - head.length - tail.length - 2);
  const rows = firstRows(comparison, room);
  return [
    ...head,
    ...rankingTable(rows, narrow),
    ...restLine(all.length - rows.length, comparison, layout),
    ...tail,
  ];
}

/** The regions that prices are taken from, with the place that they are near to. */
export function regions({ workload }: Comparison, { lang }: Pick<Layout, 'lang'>): string {
  const { region, place } = workload;
  const all = providerIds.map((id) => `${providerNames[id]} ${region[id] ?? ''}`).join(', ');
  return place === null ? all : `${placeName(place, lang)}: ${all}`;
}

function placeName(place: string, lang: Layout['lang']): string {
  return places.find(({ id }) => id === place)?.[lang] ?? place;
}

function restLine(hidden: number, comparison: Comparison, { lang }: Layout): readonly string[] {
  const say = words[lang];
  const hasTarget = estimatesOf(comparison).some(({ isDeployTarget }) => isDeployTarget);
  const parts = [
    ...(hidden > 0 ? [say.andMore(number(hidden, lang))] : []),
    ...(hasTarget ? [say.deployTarget] : []),
  ];
  return parts.length === 0 ? [] : [`   ${parts.join('    ')}`];
}

/** A line for each provider: from how many requests on its servers cost less than its plan. */
function breakEvens(comparison: Comparison, { lang, width }: Layout): readonly string[] {
  const column = Math.max(...Object.values(providerNames).map((name) => name.length)) + 2;
  return providerIds.flatMap((provider) =>
    wrap(
      providerNames[provider].padEnd(column) + breakEvenOf(comparison, provider, lang),
      width,
      ' '.repeat(column),
    ),
  );
}

function breakEvenOf(comparison: Comparison, provider: ProviderId, lang: Layout['lang']): string {
  const say = words[lang];
  const own = estimatesOf(comparison).filter((each) => each.provider === provider);
  const plans = own.filter(({ id }) => !isServer(id));
  const plan = plans.find(({ isDeployTarget }) => isDeployTarget) ?? plans[0];
  if (plan === undefined) return say.noPlan;
  const servers = own.filter(({ id }) => isServer(id)).map(({ id }) => id);
  const pairs = comparison.breakEven.filter(
    (pair) => pair.plan === plan.id && servers.includes(pair.server),
  );
  if (pairs.length === 0) return say.noServer;
  const [least] = pairs
    .flatMap((pair) =>
      pair.requestsPerMonth === null ? [] : [{ ...pair, requests: pair.requestsPerMonth }],
    )
    .toSorted((a, b) => a.requests - b.requests);
  const planName = shortNameOf(plan.id);
  if (least === undefined) return say.neverCheaper(planName);
  const size = sizeOf(least.server, lang);
  const isOnce = least.crossings.length <= 1 && least.isComplete;
  if (least.requests <= 1 && isOnce) return say.alwaysCheaper(size, planName);
  return `${say.breaksEven(size, planName, roughly(least.requests, lang))}${isOnce ? '' : say.crossesAgain}`;
}

/** Reasons why nothing can run the workload, each once, as many as have room. */
function reasons(comparison: Comparison, layout: Layout): readonly string[] {
  const most = screenLines - 10;
  const lines: string[] = [];
  for (const paragraph of unavailableLines(comparison, layout)) {
    if (lines.length + paragraph.length > most) break;
    lines.push(...paragraph);
  }
  return lines;
}

/** A sentence on what the figures assume. */
export function assumptions(comparison: Comparison, lang: Layout['lang']): string {
  const { workload } = comparison;
  const say = words[lang];
  const { durationMs, memoryMiB, arrivals, peakToAverage, coldStarts, redundancy, freeTier } =
    workload;
  const parts = [
    say.request(number(durationMs, lang), number(memoryMiB, lang)),
    say.arrivals[arrivals],
    ...(peakToAverage === 1 ? [] : [say.peak(number(peakToAverage, lang))]),
    ...(coldStarts === 0 ? [] : [say.coldStarts(percent(coldStarts, lang))]),
    ...(redundancy === 1 ? [] : [say.redundancy]),
    say.freeTier(freeTier),
    ...priceDates(comparison, lang),
  ];
  return `${parts.join(', ')}.`;
}

/** The day of the newest prices, and a word where it is far from the day that is asked about. */
function priceDates({ plans, servers, asOf }: Comparison, lang: Layout['lang']): readonly string[] {
  const say = words[lang];
  const dates = [...plans, ...servers].map(({ bill }) => bill.priceList.date).toSorted();
  const [oldest, newest] = [dates[0], dates.at(-1)];
  if (oldest === undefined || newest === undefined) return [];
  if (asOf < newest) return [`${say.pricesOf(newest)} (${say.newerThan(asOf)})`];
  const aYearOn = `${Number(oldest.slice(0, 4)) + 1}${oldest.slice(4)}`;
  return [
    asOf > aYearOn ? `${say.pricesOf(oldest)} (${say.olderThan(asOf)})` : say.pricesOf(newest),
  ];
}
