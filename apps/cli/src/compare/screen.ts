import {
  type Comparison,
  deployedPlan,
  places,
  providerIds,
  type ProviderId,
  regionsAt,
} from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import { number, percent } from '../numbers.ts';
import { wrap } from '../table.ts';
import { answer } from './answer.ts';
import { breakEvenWith } from './break-even.ts';
import type { Layout } from './layout.ts';
import { isServer, providerNames, shortNameOf } from './names.ts';
import { estimatesOf, firstRows, legend, rankingTable } from './ranking.ts';
import { unavailableLines } from './unavailable.ts';
import { words } from './words.ts';

/** Lines of a comparison on a terminal of 24 lines, with the prompt below it. */
const screenLines = 23;
const screenColumns = 80;

/** A comparison on one screen: the answer, the first rows of the ranking, and where servers become cheaper. */
export function screen(comparison: Comparison, layout: Layout): readonly string[] {
  const { lang, paint } = layout;
  const narrow = { ...layout, width: Math.min(layout.width, screenColumns) };
  const { width } = narrow;
  const head = [
    ...wrap(answer(comparison, layout), width).map((line) => paint('bold', line)),
    ...wrap(regions(comparison, layout), width),
  ];
  const foot = wrap(`${assumptions(comparison, lang)} ${words[lang].seeAll}`, width);
  const room = screenLines - head.length - foot.length - 2;
  const body =
    comparison.order.length === 0
      ? reasons(comparison, narrow, room)
      : rankingAndBreakEvens(comparison, narrow, room);
  return [...head, '', ...body, '', ...foot];
}

function rankingAndBreakEvens(
  comparison: Comparison,
  layout: Layout,
  room: number,
): readonly string[] {
  const { lang, width } = layout;
  const say = words[lang];
  const breakEvens = breakEvenLines(comparison, layout);
  const all = comparison.order.length;
  // The other lines are the titles, an empty line and the lines below the rows.
  const withMarks = (count: number) => {
    const rows = firstRows(comparison, count);
    const rest = all > rows.length ? [say.andMore(number(all - rows.length, lang))] : [];
    const marks = wrap([...rest, ...legend(rows, lang)].join('    '), width - 3);
    return { rows, below: marks.filter((line) => line !== '').map((line) => `   ${line}`) };
  };
  const most = Math.max(4, room - breakEvens.length - 2);
  const { below } = withMarks(most);
  const { rows, below: marks } = withMarks(Math.max(3, most - below.length));
  return [...rankingTable(rows, layout), ...marks, '', ...breakEvens];
}

/** The regions of the prices, with the place where they are the nearest to it. */
export function regions({ workload }: Comparison, { lang }: Pick<Layout, 'lang'>): string {
  const { region, place } = workload;
  const all = providerIds.map((id) => `${providerNames[id]} ${region[id]}`).join(', ');
  if (place === null) return all;
  const near = regionsAt(place, {
    aws: regionsOfPlan('aws'),
    google: regionsOfPlan('google'),
    azure: regionsOfPlan('azure'),
  });
  return providerIds.every((id) => region[id] === near[id])
    ? `${placeName(place, lang)}: ${all}`
    : all;
}

function regionsOfPlan(provider: ProviderId): readonly string[] {
  return priceLists.list(deployedPlan[provider]).regions;
}

function placeName(place: string, lang: Layout['lang']): string {
  return places.find(({ id }) => id === place)?.[lang] ?? place;
}

/** One line a provider: its plan, and the requests around the workload's at which one of its servers is cheaper. */
function breakEvenLines(comparison: Comparison, { lang, width }: Layout): readonly string[] {
  return providerIds.flatMap((provider) =>
    wrap(breakEvenOf(comparison, provider, lang), width, '  '),
  );
}

function breakEvenOf(comparison: Comparison, provider: ProviderId, lang: Layout['lang']): string {
  const own = estimatesOf(comparison).filter((each) => each.provider === provider);
  const plans = own.filter(({ id }) => !isServer(id));
  const plan = plans.find(({ isDeployTarget }) => isDeployTarget) ?? plans[0];
  if (plan === undefined) return `${providerNames[provider]}: ${words[lang].noPlan}`;
  const servers = own.map(({ id }) => id).filter(isServer);
  return `${shortNameOf(plan.id)}: ${breakEvenWith(comparison, { plan: plan.id, servers }, lang)}`;
}

/** Reasons why nothing can run the workload, as many as fit. */
function reasons(comparison: Comparison, layout: Layout, room: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of unavailableLines(comparison, layout)) {
    if (lines.length + paragraph.length > room) break;
    lines.push(...paragraph);
  }
  return lines;
}

/** A sentence on what the figures assume. */
export function assumptions(comparison: Comparison, lang: Layout['lang']): string {
  const { workload } = comparison;
  const say = words[lang];
  const { durationMs, memoryMiB, arrivals, peakToAverage, coldStarts, redundancy } = workload;
  const { freeTier, frontDoor, egress } = workload;
  const parts = [
    say.request(number(durationMs, lang), number(memoryMiB, lang)),
    say.arrivals[arrivals],
    ...(peakToAverage === 1 ? [] : [say.peak(number(peakToAverage, lang))]),
    ...(coldStarts === 0 ? [] : [say.coldStarts(percent(coldStarts, lang))]),
    ...(redundancy === 1 ? [] : [say.redundancy]),
    say.freeTier(freeTier),
    ...(frontDoor && egress ? [] : [say.notBilled({ frontDoor, egress })]),
    ...committedPrices(comparison, lang),
    ...priceDates(comparison, lang),
  ];
  return `${parts.join(', ')}.`;
}

/** Providers without a price for the requested commitment in their region. */
function committedPrices(
  { servers, workload }: Comparison,
  lang: Layout['lang'],
): readonly string[] {
  if (workload.commitment === 'none') return [];
  const without = providerIds.filter((id) =>
    servers.every(({ provider, commitment }) => provider !== id || commitment === null),
  );
  if (without.length === 0) return [];
  return [words[lang].noCommitment(without.map((id) => providerNames[id]).join(', '))];
}

/** The day of the newest prices, marked where it is far from the day of the comparison. */
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
