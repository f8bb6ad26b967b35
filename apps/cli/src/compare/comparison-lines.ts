import type { Comparison, Lang } from '@tricloud/core';
import { grouped, toCents } from '../numbers.ts';
import { tableLines, widthOf, wrap } from '../table.ts';
import type { Paint } from '../terminal.ts';
import { type Words, words } from './words.ts';

type Offer = Comparison['plans'][number];

const NO_BREAK = '\u00a0';

/** How a comparison is to be printed. */
export interface Layout {
  readonly lang: Lang;
  readonly paint: Paint;
  /** Columns of the terminal; tables that are wider are told as lists. */
  readonly width: number;
  /** Whether the addresses that the prices come from follow; they do unless told. */
  readonly sources?: boolean;
}

/** A comparison for a person: amounts to the cent, cheapest first, and where the prices come from. */
export function comparisonLines(comparison: Comparison, layout: Layout): readonly string[] {
  const say = words[layout.lang];
  return [
    ...headLines(comparison, say),
    ...orderLines(comparison, layout, say),
    ...sizeLines(comparison, layout, say),
    ...breakEvenLines(comparison, layout, say),
    ...noteLines(comparison, layout, say),
    ...(layout.sources === false ? [] : sourceLines(comparison, layout, say)),
  ];
}

function headLines({ workload, asOf, peakInFlight }: Comparison, say: Words): readonly string[] {
  const { requestsPerMonth, durationMs, memoryMiB, region, freeTier } = workload;
  return [
    say.workload(grouped(requestsPerMonth), grouped(durationMs), grouped(memoryMiB)),
    say.peak(grouped(Math.round(Number(peakInFlight) * 100) / 100)),
    `aws ${region.aws}, google ${region.google}, azure ${region.azure}`,
    `${say.freeTier(freeTier)}, ${say.asOf(asOf)}`,
    '',
  ];
}

function orderLines(
  { plans, servers, order }: Comparison,
  { paint }: Layout,
  say: Words,
): readonly string[] {
  const offers = new Map([...plans, ...servers].map((offer) => [offer.id, offer]));
  const rows = order.flatMap((id) => {
    const offer = offers.get(id);
    if (offer === undefined) return [];
    return [[id, toCents(offer.bill.totalUsd), ...keptCells(offer)]];
  });
  const columns = [
    { title: say.offer },
    { title: say.usdAMonth, align: 'right' },
    { title: say.kept, align: 'right' },
    { title: say.used, align: 'right' },
  ] as const;
  return titled(tableLines(columns, rows), paint);
}

/** How many machines or instances are kept, and what share of them the workload uses. */
function keptCells({ kept }: Offer): readonly [string, string] {
  if (kept === null) return ['', ''];
  return [grouped(kept.count), `${(Number(kept.usedShare) * 100).toFixed(1)} %`];
}

/** How many of which size carry the workload, cheapest first, a paragraph a provider. */
function sizeLines({ sizes }: Comparison, { paint, width }: Layout, say: Words): readonly string[] {
  const paragraphs = (['aws', 'google', 'azure'] as const).map((provider) => {
    const all = sizes.filter((size) => size.provider === provider);
    const able = all
      .flatMap(({ id, kept, totalUsd }) =>
        kept === null || totalUsd === null ? [] : [{ id, count: kept.count, totalUsd }],
      )
      .toSorted((a, b) => Number(a.totalUsd) - Number(b.totalUsd))
      .map(({ id, count, totalUsd }) => `${grouped(count)} ${sizeOf(id)} ${toCents(totalUsd)}`);
    const unable = all.length - able.length;
    const told = [...able, ...(unable === 0 ? [] : [say.unable(String(unable))])];
    return `${provider}: ${told.map((part) => part.replaceAll(' ', NO_BREAK)).join(', ')}`;
  });
  return section(say.sizes, paragraphs, paint, width).map((line) => line.replaceAll(NO_BREAK, ' '));
}

function breakEvenLines(
  { plans, servers, breakEven }: Comparison,
  { paint, width }: Layout,
  say: Words,
): readonly string[] {
  if (breakEven.length === 0) return [];
  const cells = new Map(
    breakEven.map(({ plan, server, requestsPerMonth, crossings, isComplete }) => [
      `${plan} ${server}`,
      requestsPerMonth === null
        ? say.never
        : `${grouped(requestsPerMonth)}${more(crossings.length - 1, isComplete)}`,
    ]),
  );
  const cell = (plan: Offer, server: Offer) => cells.get(`${plan.id} ${server.id}`) ?? '';
  const table = tableLines(
    [
      { title: say.plan },
      ...servers.map(({ id }) => ({ title: sizeOf(id), align: 'right' as const })),
    ],
    plans.map((plan) => [plan.id, ...servers.map((server) => cell(plan, server))]),
  );
  const lines = table.every((line) => widthOf(line) <= width)
    ? titled(table, paint)
    : plans.flatMap((plan) =>
        wrap(
          `${plan.id}: ${servers
            .map((server) => `${sizeOf(server.id)} ${cell(plan, server)}`.replaceAll(' ', NO_BREAK))
            .join(', ')}`,
          width,
          '  ',
        ).map((line) => line.replaceAll(NO_BREAK, ' ')),
      );
  return ['', ...wrap(say.breakEven, width, ''), '', ...lines];
}

function more(crossings: number, isComplete: boolean): string {
  if (crossings === 0 && isComplete) return '';
  return ` +${crossings}${isComplete ? '' : '…'}`;
}

function noteLines(
  { plans, servers, unavailable, notes }: Comparison,
  { paint, width }: Layout,
  say: Words,
): readonly string[] {
  const noted = [
    ...[...plans, ...servers].flatMap(({ id, notes: said }) =>
      said.map((note) => `${id}: ${note}`),
    ),
    ...notes,
  ];
  return [
    ...section(
      say.unavailable,
      unavailable.map(({ id, why }) => `${id}: ${why}`),
      paint,
      width,
    ),
    ...section(say.notes, noted, paint, width),
  ];
}

/** One entry a price list, however many offers are priced from it. */
function sourceLines(
  { plans, servers }: Comparison,
  { paint, width }: Layout,
  say: Words,
): readonly string[] {
  const lists = new Map<string, { ids: string[]; date: string; sources: readonly string[] }>();
  for (const { id, bill } of [...plans, ...servers]) {
    const { date, sources } = bill.priceList;
    const key = JSON.stringify([date, sources]);
    const known = lists.get(key);
    if (known === undefined) lists.set(key, { ids: [id], date, sources });
    else known.ids.push(id);
  }
  const lines = [...lists.values()].flatMap(({ ids, date, sources }) => [
    ...wrap(`${ids.join(', ')}: ${say.listOf(date)}`, width - 2, '  ').map((line) => `  ${line}`),
    ...sources.map((source) => paint('dim', `    ${source}`)),
  ]);
  return lines.length === 0 ? [] : ['', paint('bold', say.sources), ...lines];
}

function section(
  title: string,
  texts: readonly string[],
  paint: Paint,
  width: number,
): readonly string[] {
  if (texts.length === 0) return [];
  const lines = texts.flatMap((text) => wrap(text, width - 2, '  ').map((line) => `  ${line}`));
  return ['', paint('bold', title), ...lines];
}

function titled([title = '', ...rows]: readonly string[], paint: Paint): readonly string[] {
  return [paint('bold', title), ...rows];
}

/** A server's size: what follows the service in `aws-ec2-t3.small` or `google-gce-e2-standard-2`. */
function sizeOf(id: string): string {
  return id.split('-').slice(2).join('-');
}
