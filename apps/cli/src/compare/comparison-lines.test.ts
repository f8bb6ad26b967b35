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
    ...[...plans, ...servers].flatMap((offer) => [...offer.notes, ...offer.bill.sheet.sources]),
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
