import { compare, parseWorkload } from '@tricloud/core';
import { expect, test } from 'vitest';
import { widthOf } from '../table.ts';
import { comparisonLines } from './comparison-lines.ts';

const comparison = compare(
  parseWorkload({ requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 }),
  { asOf: '2026-11-22' },
);
const layout = { lang: 'en', paint: (_style: string, text: string) => text, width: 120 } as const;

test('tells every plan and server in order of cost, to the cent', () => {
  const lines = comparisonLines(comparison, layout);
  const order = lines.slice(6, 6 + comparison.order.length);
  const amounts = order.map((line) =>
    Number(/(\d[\d,]*\.\d\d)(?= |$)/.exec(line)?.[0].replaceAll(',', '')),
  );

  expect(order.map((line) => line.split(' ')[0])).toEqual(comparison.order);
  expect(amounts).toEqual(amounts.toSorted((a, b) => a - b));
});

test('names every server, break-even, note and source', () => {
  const text = comparisonLines(comparison, layout).join('\n');
  const unspaced = text.replaceAll(/\s+/g, ' ');
  const { plans, servers, breakEven, notes } = comparison;
  const told = [
    ...servers.map(({ id }) => id),
    ...breakEven.flatMap(({ requestsPerMonth }) =>
      requestsPerMonth === null ? [] : [requestsPerMonth.toLocaleString('en-US')],
    ),
    ...[...plans, ...servers].flatMap((offer) => [...offer.notes, ...offer.bill.priceList.sources]),
    ...notes,
  ];

  expect(told.filter((words) => !unspaced.includes(words))).toEqual([]);
});

test.each(['en', 'vi'] as const)('fits a terminal of 80 columns in %s, addresses apart', (lang) => {
  const lines = comparisonLines(comparison, { ...layout, lang, width: 80 });

  expect(lines.filter((line) => widthOf(line) > 80 && !line.includes('https://'))).toEqual([]);
});

test('says what cannot carry the workload, and why', () => {
  const long = compare(
    parseWorkload({ requestsPerMonth: 10, durationMs: 3_000_000, memoryMiB: 1536 }),
    { asOf: '2026-11-22' },
  );
  const lines = comparisonLines(long, { ...layout, width: 1000 });

  expect(long.unavailable).not.toEqual([]);
  expect(long.unavailable.filter(({ id, why }) => !lines.includes(`  ${id}: ${why}`))).toEqual([]);
});

test('tells of every size of server how many carry it, cheapest first, and how many sizes cannot', () => {
  const lines = comparisonLines(comparison, { ...layout, width: 1000 });
  const at = lines.indexOf('Servers that carry it: how many of which size, USD a month');

  expect(lines.slice(at + 1, at + 4)).toEqual([
    '  aws: 1 t3.small 15.18, 1 t3.medium 30.37, 1 t2.medium 33.87, 1 t3a.large 59.57, 1 t3.large 60.74, 1 m5.large 70.08, 9 more cannot',
    '  google: 1 e2-small 12.23, 1 g1-small 13.13, 1 n1-standard-1 24.27, 1 e2-medium 24.46, 1 t2d-standard-1 30.84, 1 e2-standard-2 48.92, 1 n2-standard-2 56.73, 1 n4-standard-2 66.21, 1 e2-standard-4 97.84, 3 more cannot',
    '  azure: 1 B1ms 15.11, 1 B2s 30.37, 1 B2ms 60.74, 1 D2as_v5 62.78, 1 A2_v2 66.43, 1 D2s_v3 70.08, 1 D2s_v5 70.08, 1 F2 72.27, 1 D2_v2 106.58, 4 more cannot',
  ]);
});

test('says where there are more crossings than were looked for', () => {
  const [first] = comparison.breakEven;
  if (first === undefined) throw new Error('there is no pair');
  const cut = { ...comparison, breakEven: [{ ...first, isComplete: false }] };

  expect(comparisonLines(cut, layout).join('\n')).toContain(' +0…');
});

test('tells how many machines a peak takes, how much of them is used, and that there are more crossings', () => {
  const burst = compare(
    parseWorkload({
      requestsPerMonth: 3_000_000,
      durationMs: 120,
      memoryMiB: 256,
      peakToAverage: 100,
    }),
    { asOf: '2026-11-22' },
  );
  const lines = comparisonLines(burst, layout);

  expect(lines[1]).toBe('13.7 requests at once at the busiest moment');
  const small = lines.find((line) => line.startsWith('aws-ec2-t3.small'));
  expect(small?.split(/ {2,}/)).toEqual(['aws-ec2-t3.small', '106.29', '7', '1.0 %']);
  const crossing = burst.breakEven.find(({ crossings }) => crossings.length > 1);
  expect(lines.join('\n')).toContain(` +${Number(crossing?.crossings.length) - 1}`);
});
