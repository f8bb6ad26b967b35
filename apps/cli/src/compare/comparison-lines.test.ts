import { expect, test } from 'vitest';
import { widthOf } from '../table.ts';
import { comparisonOf, webApi } from '../testing/comparison.ts';
import { englishIn } from '../testing/english.ts';
import { comparisonLines } from './comparison-lines.ts';
import { nameOf, sizeOf } from './names.ts';

const comparison = comparisonOf({ ...webApi, place: 'singapore' });
const arm = comparisonOf({ ...webApi, architecture: 'arm64' });
const wide = comparisonOf({
  ...webApi,
  requestsPerMonth: 200_000_000,
  redundancy: 2,
  commitment: '1y',
  everyServer: true,
  frontDoor: true,
});
const layout = {
  lang: 'en',
  paint: (_style: string, text: string) => text,
  width: 120,
  hasBlocks: true,
} as const;
const unspaced = (lines: readonly string[]) => lines.join('\n').replaceAll(/\s+/g, ' ');

test('prints every row of the ranking in order of cost', () => {
  const lines = comparisonLines(comparison, layout);
  const start = lines.findIndex((line) => /^ *# {2}plan or server/.test(line)) + 1;
  const rows = lines.slice(start, start + comparison.order.length);
  const amounts = rows.map((line) =>
    Number(/ ([\d,]+\.\d\d)/.exec(line)?.[1]?.replaceAll(',', '')),
  );

  expect(rows.map((line) => line.replace(/^ *\d+ {2}/, ''))).toEqual(
    comparison.order.map((id) => expect.stringContaining(nameOf(id, 'en'))),
  );
  expect(amounts).toEqual(amounts.toSorted((a, b) => a - b));
});

test.each(['en', 'vi'] as const)(
  'names every break-even point, size, reason, note and source in %s',
  (lang) => {
    const text = unspaced(comparisonLines(comparison, { ...layout, lang }));
    const { plans, servers, breakEven, sizes, unavailable, notes } = comparison;
    const expected = [
      ...breakEven.flatMap(({ requestsPerMonth }) =>
        requestsPerMonth === null ? [] : [requestsPerMonth.toLocaleString(lang)],
      ),
      ...sizes.flatMap(({ id, reason }) => [
        sizeOf(id, lang),
        ...(reason === null ? [] : [reason[lang]]),
      ]),
      ...unavailable.map(({ reason }) => reason[lang]),
      ...[...plans, ...servers].flatMap((estimate) => [
        ...estimate.notes.map((note) => note[lang]),
        ...estimate.bill.priceList.sources,
        ...(estimate.legacy === null
          ? []
          : [estimate.legacy.reason[lang], estimate.legacy.endsOn ?? '']),
      ]),
      ...notes.map((note) => note[lang]),
    ];

    expect(expected.filter((words) => !text.includes(words))).toEqual([]);
  },
);

test.each([
  { lang: 'en', width: 80 },
  { lang: 'vi', width: 80 },
  { lang: 'en', width: 120 },
  { lang: 'vi', width: 120 },
] as const)('fits $width columns in $lang, addresses apart', ({ lang, width }) => {
  const lines = [comparison, wide].flatMap((each) =>
    comparisonLines(each, { ...layout, lang, width }),
  );

  expect(lines.filter((line) => widthOf(line) > width && !line.includes('https://'))).toEqual([]);
});

test('has the architecture and the utilization of sizes where there is room', () => {
  const size = /^AWS +t4g\.small .*$/m;
  const [narrow, full] = [80, 120].map(
    (width) => size.exec(comparisonLines(arm, { ...layout, width }).join('\n'))?.[0],
  );

  expect(narrow).toMatch(/2,048 {2}arm +1 +[\d.]+ +[\d.]+%$/);
  expect(full).toMatch(/2,048 {2}arm64 +1 +[\d.]+ +[\d.]+%$/);
});

test('marks break-evens with an estimate that lacks a charge', () => {
  const servers = comparison.servers.map((each) => ({ ...each, isComplete: false }));
  const lines = comparisonLines({ ...comparison, servers }, layout);

  expect(lines.filter((line) => line.startsWith('AWS EC2 t3.small+ ')).length).toBeGreaterThan(0);
});

test('has no English in Vietnamese, technical terms apart', () => {
  expect(comparisonLines(comparison, { ...layout, lang: 'vi' }).flatMap(englishIn)).toEqual([]);
});

test('has the end of a legacy plan, ranked or not', () => {
  const ranked = comparisonOf({ ...webApi, includeLegacy: true });
  const end = 'Azure Functions Consumption (legacy, ends 2028-09-30): ';

  expect(unspaced(comparisonLines(comparison, layout))).toContain(end);
  expect(unspaced(comparisonLines(ranked, layout))).toContain(end);
  expect(unspaced(comparisonLines(ranked, layout))).toContain(
    'Azure Functions Consumption (legacy) ',
  );
});

test('marks how often a plan and a server cross, and where that is not known', () => {
  const [first] = comparison.breakEven;
  if (first === undefined) throw new Error('there is no pair');
  const cells = [
    { ...first, requestsPerMonth: 5, crossings: [at(5)], isComplete: true },
    { ...first, requestsPerMonth: 5, crossings: [at(5), at(6), at(7)], isComplete: true },
    { ...first, requestsPerMonth: 5, crossings: [at(5)], isComplete: false },
    { ...first, requestsPerMonth: null, crossings: [], isComplete: true },
    { ...first, requestsPerMonth: null, crossings: [], isComplete: false },
  ].map((pair) => {
    const lines = comparisonLines({ ...comparison, breakEven: [pair] }, layout);
    const title = lines.findIndex((line) => line.startsWith('size '));
    return lines[title + 1]?.slice(nameOf(first.server, 'en').length).trim();
  });

  expect(cells).toEqual(['5', '5 +2', '5 +0…', 'never', '?']);
});

function at(requestsPerMonth: number) {
  return { requestsPerMonth, moreExpensive: 'plan' as const };
}
