import type { BillDocument } from '@tricloud/core';
import { grouped, toCents } from '../numbers.ts';
import { tableLines, wrap } from '../table.ts';
import type { Paint } from '../terminal.ts';

/**
 * A bill for a person, in a hundred columns: every line by its name and where its price stands, and below it what was
 * used, what of it is free, and the price, so that it can be reckoned again.
 */
export function billLines(bill: BillDocument, paint: Paint): readonly string[] {
  const sources = [...new Set(bill.lines.map(({ source }) => source))];
  const rows = bill.lines.map(rowsOf);
  const total = ['', '', '', '', '', '', toCents(bill.totalUsd)];
  const [head = '', ...figures] = tableLines(columns, [...rows.flat(), total]);
  const totalLine = figures.pop() ?? '';
  const free = bill.freeTier ? 'with the free allowances' : 'without the free allowances';
  return [
    ...bill.items.map(
      ({ service, region, plan }, index) => `item ${index + 1}: ${service}, ${region}, ${plan}`,
    ),
    `${free}, as of ${bill.asOf}`,
    '',
    paint('bold', `${indent}${head}`),
    ...bill.lines.flatMap((line, index) => [
      nameOf(line, sources),
      ...figures.splice(0, rows[index]?.length ?? 0).map((each) => indent + each),
    ]),
    `total${`${indent}${totalLine}`.slice('total'.length)}`,
    '',
    ...sources.map((source, index) => `[${index + 1}] ${source}`),
    ...bill.sheets.map(({ service, date }) => `prices of ${service} as of ${date}`),
    ...bill.warnings.flatMap((warning) => wrap(`warning: ${warning}`, 100, indent)),
  ];
}

const indent = '  ';

const columns = [
  { title: 'used', align: 'right' },
  { title: 'allowance', align: 'right' },
  { title: 'free', align: 'right' },
  { title: 'billed', align: 'right' },
  { title: 'unit' },
  { title: 'USD a unit', align: 'right' },
  { title: 'USD', align: 'right' },
] as const;

type Line = BillDocument['lines'][number];

function nameOf({ service, meter, region, items, source }: Line, sources: readonly string[]) {
  const of =
    items.length > 5
      ? `${items.length} items`
      : `item${items.length > 1 ? 's' : ''} ${items.map((index) => index + 1).join(' ')}`;
  return `${service} ${meter}, ${region}, ${of} [${sources.indexOf(source) + 1}]`;
}

/** One row, or one a tier that is reached; the first tier stands even where nothing is left to bill. */
function rowsOf(line: Line): readonly (readonly string[])[] {
  const { used, allowance, free, unit } = line;
  const start = [amount(used), amount(allowance), amount(free)];
  if (!('tiers' in line)) {
    return [[...start, amount(line.billed), unit, line.unitPriceUsd, toCents(line.amountUsd)]];
  }
  return line.tiers
    .filter(({ billed }, index) => index === 0 || billed !== '0')
    .map(({ billed, unitPriceUsd, amountUsd }, index) => [
      ...(index === 0 ? start : ['', '', '']),
      amount(billed),
      unit,
      unitPriceUsd,
      toCents(amountUsd),
    ]);
}

/** A decimal with the thousands of its whole part apart; two decimals say enough of thousands, six of the rest. */
function amount(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  if (fraction === '') return grouped(whole);
  const shown = whole.length > 3 ? toCents(decimal) : `${whole}.${fraction.slice(0, 6)}`;
  return shown.replace(/\.?0+$/, '');
}
