import type { Comparison, Estimate } from '@tricloud/core';
import { briefCost, briefCount, number, percent } from '../numbers.ts';
import { type Column, tableLines, widthOf, wrap } from '../table.ts';
import { answer } from './answer.ts';
import type { Layout } from './layout.ts';
import { isServer, nameOf, providerNames, shortNameOf, sizeOf } from './names.ts';
import { legend, rankedOf, rankingTable } from './ranking.ts';
import { assumptions, regions } from './screen.ts';
import { grouped, unavailableLines } from './unavailable.ts';
import { type Words, words } from './words.ts';

/** A complete comparison, on as many lines as it takes. */
export function comparisonLines(comparison: Comparison, layout: Layout): readonly string[] {
  const { lang, paint, width } = layout;
  const say = words[lang];
  const ranked = rankedOf(comparison);
  return [
    ...wrap(answer(comparison, layout), width).map((line) => paint('bold', line)),
    ...wrap(regions(comparison, layout), width),
    ...wrap(`${assumptions(comparison, lang)} ${inFlight(comparison, layout)}`, width),
    ...(ranked.length === 0 ? [] : ['', ...rankingTable(ranked, layout, { hasDetails: true })]),
    ...legend(ranked, lang).map((line) => `   ${line}`),
    ...legacyLines(comparison, layout),
    ...breakEvenLines(comparison, layout),
    ...sizeLines(comparison, layout),
    ...section(say.unavailable, unavailablePlans(comparison, layout), layout),
    ...noteLines(comparison, layout),
    ...sourceLines(comparison, layout),
  ];
}

function inFlight({ peakInFlight }: Comparison, { lang }: Layout): string {
  const rounded = Number(Number(peakInFlight).toPrecision(3));
  return `${words[lang].inFlight(number(rounded, lang))}.`;
}

/** Plans and servers that are legacy or will end, with the day and the reason. */
function legacyLines({ plans, servers }: Comparison, layout: Layout): readonly string[] {
  const { lang, width } = layout;
  const say = words[lang];
  const paragraphs = [...plans, ...servers].flatMap(({ id, bill, legacy }) => {
    if (legacy === null) return [];
    const name = `${nameOf(id, lang)} (${say.legacy(legacy.endsOn)})`;
    const usd = `${briefCost(bill.totalUsd, lang)} USD`;
    return [wrap(`${name}: ${usd}; ${legacy.reason[lang]}`, width - 2, '  ')];
  });
  return section(say.legacyTitle, paragraphs, layout);
}

/** A table of plans by servers, in as many pieces as its width needs. */
function breakEvenLines(comparison: Comparison, layout: Layout): readonly string[] {
  const { breakEven } = comparison;
  const { lang, paint, width } = layout;
  if (breakEven.length === 0) return [];
  const say = words[lang];
  const cells = new Map(breakEven.map((pair) => [`${pair.plan} ${pair.server}`, pair]));
  const [plans, servers] = [
    [...new Set(breakEven.map(({ plan }) => plan))],
    [...new Set(breakEven.map(({ server }) => server))],
  ];
  const rows = servers.map((server) =>
    plans.map((plan) => crossingCell(cells.get(`${plan} ${server}`), layout, say)),
  );
  const incomplete = new Set(
    [...comparison.plans, ...comparison.servers].flatMap((each) =>
      each.isComplete ? [] : each.id,
    ),
  );
  const mark = (id: string) => (incomplete.has(id) ? '+' : '');
  const names = servers.map((server) => nameOf(server, lang) + mark(server));
  const titles = plans.map((plan) => shortNameOf(plan) + mark(plan));
  const pieces = columnPieces(
    titles.map((title, column) =>
      Math.max(widthOf(title), ...rows.map((row) => widthOf(row[column] ?? ''))),
    ),
    width - Math.max(widthOf(say.size), ...names.map(widthOf)),
  );
  return [
    '',
    ...wrap(`${say.breakEven} (${say.breakEvenNote})`, width).map((line) => paint('bold', line)),
    ...pieces.flatMap((piece) => [
      '',
      ...table(
        [
          { title: say.size },
          ...piece.map((column) => ({
            title: titles[column] ?? '',
            align: 'right' as const,
          })),
        ],
        names.map((name, row) => [name, ...piece.map((column) => rows[row]?.[column] ?? '')]),
        layout,
      ),
    ]),
  ];
}

function crossingCell(
  pair: Comparison['breakEven'][number] | undefined,
  { lang }: Layout,
  say: Words,
): string {
  if (pair === undefined) return '';
  const { requestsPerMonth, crossings, isComplete } = pair;
  if (requestsPerMonth === null) return isComplete ? say.never : '?';
  const more = crossings.length - 1;
  const mark =
    more > 0 || !isComplete ? ` +${number(Math.max(more, 0), lang)}${isComplete ? '' : '…'}` : '';
  return `${number(requestsPerMonth, lang)}${mark}`;
}

/** Column numbers in pieces that fit the width, each of at least one column. */
function columnPieces(widths: readonly number[], room: number): readonly (readonly number[])[] {
  const pieces: number[][] = [];
  let left = 0;
  for (const [column, width] of widths.entries()) {
    left -= width + 2;
    if (left < 0 || pieces.length === 0) {
      pieces.push([]);
      left = room - width - 2;
    }
    pieces.at(-1)?.push(column);
  }
  return pieces;
}

/** Without servers: the sizes list them. */
function unavailablePlans(comparison: Comparison, { lang, width }: Layout) {
  const unavailable = comparison.unavailable.filter(({ id }) => !isServer(id));
  return unavailableLines({ ...comparison, unavailable }, { lang, width: width - 2 });
}

/** Every server size that can run the workload, cheapest first, and why the others cannot. */
function sizeLines({ sizes }: Comparison, layout: Layout): readonly string[] {
  const { lang, paint, width } = layout;
  const say = words[lang];
  const able = sizes
    .flatMap((size) =>
      size.instances === null || size.totalUsd === null
        ? []
        : [{ ...size, instances: size.instances, totalUsd: size.totalUsd }],
    )
    .toSorted((a, b) => Number(a.totalUsd) - Number(b.totalUsd));
  const unable = grouped(
    sizes.flatMap(({ id, reason }) =>
      reason === null ? [] : [{ name: sizeOf(id, lang), text: reason[lang] }],
    ),
    width - 2,
  );
  return [
    ...(able.length === 0 ? [] : ['', paint('bold', say.sizes), ...sizeTable(able, layout)]),
    ...section(say.sizesUnable, unable, layout),
  ];
}

type AbleSize = Comparison['sizes'][number] & {
  readonly instances: NonNullable<Comparison['sizes'][number]['instances']>;
  readonly totalUsd: string;
};

/** A table of sizes; on a narrow terminal of the architectures only arm64, and without the utilization where it does not fit. */
function sizeTable(sizes: readonly AbleSize[], layout: Layout): readonly string[] {
  const { lang, width } = layout;
  const say = words[lang];
  const isNarrow = width < 100;
  const rows = sizes.map(({ id, provider, vcpu, memoryMiB, architecture, instances, totalUsd }) => [
    providerNames[provider],
    sizeOf(id, lang),
    number(vcpu, lang),
    number(memoryMiB, lang),
    isNarrow ? (architecture === 'arm64' ? 'arm' : '') : architecture,
    briefCount(instances.count, lang),
    briefCost(totalUsd, lang),
    percent(Number(instances.utilization), lang),
  ]);
  const columns: readonly Column[] = [
    { title: '' },
    { title: say.size },
    { title: 'vCPU', align: 'right' },
    { title: 'MiB', align: 'right' },
    { title: '' },
    { title: say.instances, align: 'right' },
    { title: say.usdAMonth, align: 'right' },
    { title: say.utilization, align: 'right' },
  ];
  const full = table(columns, rows, layout);
  return full.every((line) => widthOf(line) <= width)
    ? full
    : table(columns.slice(0, -1), rows, layout);
}

function noteLines({ plans, servers, notes }: Comparison, layout: Layout): readonly string[] {
  const { lang, width } = layout;
  const ofEstimates = grouped(
    [...plans, ...servers].flatMap(({ id, notes: said }) =>
      said.map((note) => ({ name: nameOf(id, lang), text: note[lang] })),
    ),
    width - 2,
  );
  const ofAll = notes.map((note) => wrap(note[lang], width - 2, '  '));
  return section(words[lang].notes, [...ofAll, ...ofEstimates], layout);
}

/** One paragraph a price list, with its estimates; URLs are not wrapped. */
function sourceLines({ plans, servers }: Comparison, layout: Layout): readonly string[] {
  const { lang, paint, width } = layout;
  const lists = new Map<string, { readonly estimates: Estimate[]; readonly list: PriceListHead }>();
  for (const estimate of [...plans, ...servers]) {
    const list = estimate.bill.priceList;
    const key = JSON.stringify(list);
    const known = lists.get(key);
    if (known === undefined) lists.set(key, { estimates: [estimate], list });
    else known.estimates.push(estimate);
  }
  const paragraphs = Array.from(lists.values(), ({ estimates, list }) => {
    const names = estimates.map(({ id }) => nameOf(id, lang)).join('; ');
    return [
      ...wrap(`${names}: ${words[lang].listOf(list.date)}`, width - 2, '  '),
      ...list.sources.map((source) => paint('dim', `  ${source}`)),
    ];
  });
  return section(words[lang].sources, paragraphs, layout);
}

type PriceListHead = Estimate['bill']['priceList'];

function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { paint }: Layout,
): readonly string[] {
  const [title = '', ...lines] = tableLines(columns, rows);
  return [paint('dim', title), ...lines];
}

function section(
  title: string,
  paragraphs: readonly (readonly string[])[],
  { paint }: Layout,
): readonly string[] {
  if (paragraphs.length === 0) return [];
  return ['', paint('bold', title), ...paragraphs.flat().map((line) => `  ${line}`)];
}
