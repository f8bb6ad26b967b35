import type { BillDocument, Lang } from '@tricloud/core';
import { amount, grouped, sumOf, toCents } from '../numbers.ts';
import { pad, tableLines, widthOf, wrap } from '../table.ts';
import type { Paint } from '../terminal.ts';
import { type Words, words } from './words.ts';

/** How a bill is to be printed. */
export interface Layout {
  readonly lang: Lang;
  readonly paint: Paint;
  /** Columns of the terminal, within which sentences stay; figures are as wide as they are. */
  readonly width: number;
}

/**
 * A bill for a person: every line by its name and where its price stands, and below it what was used, what of it is
 * free, and the price, so that it can be reckoned again.
 */
export function billLines(bill: BillDocument, layout: Layout): readonly string[] {
  const { paint, width } = layout;
  const say = words[layout.lang];
  const sources = sourcesOf(bill, say);
  const sections = sectionsOf(bill);
  const rows = sections.flatMap(({ lines, subtotal }) => [...lines.flatMap(rowsOf), ...subtotal]);
  const [head = '', ...figures] = tableLines(columns(say), [...rows, amountRow(bill.totalUsd)]);
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
        ...wrap(nameOf(line, sources, say), width - indent.length, indent).map(
          (each) => indent + each,
        ),
        ...next(rowsOf(line).length),
      ]),
      ...next(subtotal.length).map((each) => labelled(`${indent}${say.subtotal}`, each)),
    ]),
    paint('bold', labelled(say.total, next(1)[0] ?? '')),
    '',
    ...(addUpAsPrinted(bill, sections) ? [] : [...wrap(say.rounded, width), '']),
    ...sources.map((source, index) => paint('dim', `[${index + 1}] ${source}`)),
    ...bill.priceLists.map(({ service, date }) => paint('dim', say.list(service, date))),
    ...bill.warnings.flatMap((each) =>
      wrap(`${say.warning}: ${each[layout.lang]}`, width, indent).map((line) =>
        paint('yellow', line),
      ),
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

/** The lines of one service, and what they come to where there is more than one of both. */
interface Section {
  readonly service: string;
  readonly lines: Line[];
  readonly totalUsd: string;
  readonly subtotal: readonly (readonly string[])[];
}

function sectionsOf({ lines, priceLists }: BillDocument): readonly Section[] {
  return priceLists.map(({ service }) => {
    const own = lines.filter((line) => line.service === service);
    const totalUsd = sumOf(own.map(({ amountUsd }) => amountUsd));
    const isTold = priceLists.length > 1 && own.length > 1;
    return { service, lines: own, totalUsd, subtotal: isTold ? [amountRow(totalUsd)] : [] };
  });
}

function sourcesOf({ lines }: BillDocument, say: Words): readonly string[] {
  return [...new Set(lines.map((line) => sourceOf(line, say)))];
}

function sourceOf({ source, confidence }: Line, { confidence: say }: Words): string {
  return `${source} (${say[confidence] ?? confidence})`;
}

function nameOf(line: Line, sources: readonly string[], say: Words): string {
  const { meter, region, items, used, free, allowance } = line;
  const of = items.length > 5 ? say.manyItems(items.length) : say.items(items.map((i) => i + 1));
  const isShared = Number(free) < Math.min(Number(used), Number(allowance));
  return [
    `${meter}, ${region}, ${of} [${sources.indexOf(sourceOf(line, say)) + 1}]`,
    ...('tiers' in line ? [tiersOf(line.tiers, say)] : []),
    ...(isShared ? [say.shared] : []),
  ].join('; ');
}

type Tiers = Extract<Line, { tiers: unknown }>['tiers'];

/** A tier that is left before it is full was filled by what is free. */
function tiersOf(tiers: Tiers, say: Words): string {
  const ends = tiers.flatMap(({ upTo }) => (upTo === null ? [] : [upTo]));
  const [first, second] = tiers;
  const isFreeCounted =
    second !== undefined && second.billed !== '0' && first?.billed !== first?.upTo;
  return say.tiers(ends.map(grouped), isFreeCounted);
}

/** One row, or one a tier that is reached; the first tier stands even where nothing is left to bill. */
function rowsOf(line: Line): readonly (readonly string[])[] {
  const { used, allowance, free, unit } = line;
  const start = [amount(used), amount(allowance), amount(free)];
  if (!('tiers' in line)) {
    return [[...start, amount(line.billed), unit, line.unitPriceUsd, cents(line.amountUsd)]];
  }
  return line.tiers
    .filter(({ billed }, index) => index === 0 || billed !== '0')
    .map(({ billed, unitPriceUsd, amountUsd }, index) => [
      ...(index === 0 ? start : ['', '', '']),
      amount(billed),
      unit,
      unitPriceUsd,
      cents(amountUsd),
    ]);
}

function amountRow(totalUsd: string): readonly string[] {
  return ['', '', '', '', '', '', cents(totalUsd)];
}

/** The label takes the place of the empty cells at the left of a row. */
function labelled(label: string, row: string): string {
  const figure = row.trimStart();
  return label + pad(figure, widthOf(row) - widthOf(label), 'right');
}

/** What is less than a cent, and not nothing, says so. */
function cents(usd: string): string {
  const rounded = toCents(usd);
  return rounded === '0.00' && /[1-9]/.test(usd) ? '<0.01' : rounded;
}

/** Whether the rounded amounts come to the rounded totals, as a reader with a pencil will try. */
function addUpAsPrinted({ totalUsd }: BillDocument, sections: readonly Section[]): boolean {
  const totals = sections.map((each) => each.totalUsd);
  return (
    sections.every((each) => comeTo(each.totalUsd, each.lines.flatMap(amountsOf))) &&
    comeTo(totalUsd, totals)
  );
}

function comeTo(totalUsd: string, amounts: readonly string[]): boolean {
  const printed = amounts.map((each) => toCents(each).replaceAll(',', ''));
  return toCents(sumOf(printed)) === toCents(totalUsd);
}

function amountsOf(line: Line): readonly string[] {
  return 'tiers' in line ? line.tiers.map(({ amountUsd }) => amountUsd) : [line.amountUsd];
}
