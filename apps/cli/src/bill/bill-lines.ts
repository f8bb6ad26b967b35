import { type BillDocument, type Lang, meterName, unitName } from '@tricloud/core';
import { amount, cost, number, sumOf, toCents, unitPrice } from '../numbers.ts';
import { pad, tableLines, widthOf, wrap } from '../table.ts';
import type { Paint } from '../terminal.ts';
import { type Words, words } from './words.ts';

/** Layout of a printed bill. */
export interface Layout {
  readonly lang: Lang;
  readonly paint: Paint;
  /** Columns of the terminal: sentences are wrapped to it, figures are not. */
  readonly width: number;
}

/** A bill as a table: the name and source of every line, and below them usage, free tier and billed quantity. */
export function billLines(bill: BillDocument, layout: Layout): readonly string[] {
  const { lang, paint, width } = layout;
  const say = words[lang];
  const sources = sourcesOf(bill, say);
  const sections = sectionsOf(bill);
  const rows = sections.flatMap(({ lines, subtotal }) => [
    ...lines.flatMap((line) => rowsOf(line, lang)),
    ...subtotal.map((usd) => amountRow(usd, lang)),
  ]);
  const [head = '', ...figures] = tableLines(columns(say), [
    ...rows,
    amountRow(bill.totalUsd, lang),
  ]);
  const next = (count: number) => figures.splice(0, count).map((each) => indent + each);
  return [
    `${say.freeTier(bill.freeTier)}, ${say.asOf(bill.asOf)}`,
    ...bill.items.map(
      ({ service, region, plan }, index) =>
        `${say.item(index + 1)}: ${service}, ${region}, ${plan}`,
    ),
    '',
    paint('bold', `${indent}${head}`),
    ...sections.flatMap(({ service, lines, subtotal }) => [
      paint('bold', service),
      ...lines.flatMap((line) => [
        ...wrap(nameOf(line, sources, lang), width - indent.length, indent).map(
          (each) => indent + each,
        ),
        ...next(rowsOf(line, lang).length),
      ]),
      ...next(subtotal.length).map((each) => labelled(`${indent}${say.subtotal}`, each)),
    ]),
    paint('bold', labelled(say.total, next(1)[0] ?? '')),
    '',
    ...(addUpAsPrinted(bill, sections) ? [] : [...wrap(say.rounded, width), '']),
    ...sources.map((source, index) => paint('dim', `[${index + 1}] ${source}`)),
    ...bill.priceLists.map(({ service, date }) => paint('dim', say.list(service, date))),
    ...ownPriceLines(bill, layout),
    ...bill.warnings.flatMap((each) =>
      wrap(`${say.warning}: ${each[lang]}`, width, indent).map((line) => paint('yellow', line)),
    ),
  ];
}

const indent = '  ';

function columns(say: Words) {
  return [
    { title: say.used, align: 'right' },
    { title: say.allowance, align: 'right' },
    { title: say.free, align: 'right' },
    { title: say.billed, align: 'right' },
    { title: say.unit },
    { title: say.unitPrice, align: 'right' },
    { title: 'USD', align: 'right' },
  ] as const;
}

type Line = BillDocument['lines'][number];

/** The lines of one service, and its subtotal where several services have several lines. */
interface Section {
  readonly service: string;
  readonly lines: Line[];
  readonly totalUsd: string;
  /** The total where it is printed as a subtotal, else empty. */
  readonly subtotal: readonly string[];
}

function sectionsOf({ lines, priceLists }: BillDocument): readonly Section[] {
  return priceLists.map(({ service }) => {
    const own = lines.filter((line) => line.service === service);
    const totalUsd = sumOf(own.map(({ amountUsd }) => amountUsd));
    const isPrinted = priceLists.length > 1 && own.length > 1;
    return { service, lines: own, totalUsd, subtotal: isPrinted ? [totalUsd] : [] };
  });
}

function sourcesOf({ lines }: BillDocument, say: Words): readonly string[] {
  return [...new Set(lines.map((line) => sourceOf(line, say)))];
}

function sourceOf({ source, confidence }: Line, say: Words): string {
  const names: Readonly<Record<string, string>> = say.confidence;
  return `${source} (${names[confidence] ?? confidence})`;
}

function nameOf(line: Line, sources: readonly string[], lang: Lang): string {
  const say = words[lang];
  const { meter, region, items, used, free, allowance } = line;
  const of = items.length > 5 ? say.manyItems(items.length) : say.items(items.map((i) => i + 1));
  const isShared = Number(free) < Math.min(Number(used), Number(allowance));
  return [
    `${meterName(meter, lang)}, ${region}, ${of} [${sources.indexOf(sourceOf(line, say)) + 1}]`,
    ...('tiers' in line ? [tiersOf(line.tiers, lang)] : []),
    ...(isShared ? [say.shared] : []),
  ].join('; ');
}

type Tiers = Extract<Line, { tiers: unknown }>['tiers'];

/** A tier that ends before it is full was filled by free units. */
function tiersOf(tiers: Tiers, lang: Lang): string {
  const ends = tiers.flatMap(({ upTo }) => (upTo === null ? [] : [upTo]));
  const [first, second] = tiers;
  const isFreeCounted =
    second !== undefined && second.billed !== '0' && first?.billed !== first?.upTo;
  return words[lang].tiers(
    ends.map((end) => number(end, lang)),
    isFreeCounted,
  );
}

/** One row, or one for each tier that is reached; the first tier is shown even where nothing is billed. */
function rowsOf(line: Line, lang: Lang): readonly (readonly string[])[] {
  const { used, allowance, free } = line;
  const unit = unitName(line.unit, lang);
  const start = [used, allowance, free].map((each) => amount(each, lang));
  if (!('tiers' in line)) {
    return [[...start, ...pricedCells({ ...line, unit }, lang)]];
  }
  return line.tiers
    .filter(({ billed }, index) => index === 0 || billed !== '0')
    .map(({ billed, unitPriceUsd, amountUsd }, index) => [
      ...(index === 0 ? start : ['', '', '']),
      ...pricedCells({ billed, unit, unitPriceUsd, amountUsd }, lang),
    ]);
}

interface PricedPart {
  readonly billed: string;
  readonly unit: string;
  readonly unitPriceUsd: string;
  readonly amountUsd: string;
}

function pricedCells(part: PricedPart, lang: Lang): readonly string[] {
  const { billed, unit, unitPriceUsd, amountUsd } = part;
  return [amount(billed, lang), unit, unitPrice(unitPriceUsd, lang), cost(amountUsd, lang)];
}

function amountRow(totalUsd: string, lang: Lang): readonly string[] {
  return ['', '', '', '', '', '', cost(totalUsd, lang)];
}

/** The row with a label in place of its empty cells at the left. */
function labelled(label: string, row: string): string {
  const figure = row.trimStart();
  return label + pad(figure, widthOf(row) - widthOf(label), 'right');
}

/** The caller's own prices that the bill was made with. */
function ownPriceLines({ ownPrices }: BillDocument, { lang, paint, width }: Layout) {
  if (ownPrices.length === 0) return [];
  const all = ownPrices.map(({ key, value }) => `${key} ${value}`).join(', ');
  return wrap(`${words[lang].ownPrices}: ${all}`, width, indent).map((line) =>
    paint('yellow', line),
  );
}

/** True where the rounded amounts add up to the rounded totals. */
function addUpAsPrinted({ totalUsd }: BillDocument, sections: readonly Section[]): boolean {
  const totals = sections.map((each) => each.totalUsd);
  return (
    sections.every((each) => sumsTo(each.totalUsd, each.lines.flatMap(amountsOf))) &&
    sumsTo(totalUsd, totals)
  );
}

function sumsTo(totalUsd: string, amounts: readonly string[]): boolean {
  const printed = amounts.map((each) => toCents(each).replaceAll(',', ''));
  return toCents(sumOf(printed)) === toCents(totalUsd);
}

function amountsOf(line: Line): readonly string[] {
  return 'tiers' in line ? line.tiers.map(({ amountUsd }) => amountUsd) : [line.amountUsd];
}
