import { type Comparison, places } from '@tricloud/core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { widthOf } from '../table.ts';
import { comparisonOf, webApi } from '../testing/comparison.ts';
import { englishIn } from '../testing/english.ts';
import { screen } from './screen.ts';

const layout = { paint: (_style: string, text: string) => text, width: 200, hasBlocks: true };

const workloads: readonly Readonly<Record<string, unknown>>[] = [
  webApi,
  { ...webApi, requestsPerMonth: 0, place: 'hochiminhcity' },
  { ...webApi, durationMs: 0.001, freeTier: false, commitment: '1y', place: 'tokyo' },
  { ...webApi, memoryMiB: 10_240, includeLegacy: true, egress: true },
  { ...webApi, memoryMiB: 1, concurrencyPerInstance: 4, architecture: 'arm64', redundancy: 2 },
  { requestsPerMonth: 1, durationMs: 86_400_000, memoryMiB: 32_768, peakToAverage: 1000 },
];

test.each(workloads)('fits 80 columns and 24 lines in both languages: %j', (workload) => {
  const comparison = comparisonOf(workload);

  expect(misfits(comparison)).toEqual([]);
  expect(screen(comparison, { ...layout, lang: 'vi' }).flatMap(englishIn)).toEqual([]);
});

const real = comparisonOf({ ...webApi, includeLegacy: true, commitment: '1y' });

test('fits whatever the numbers, places and deploy targets are', () => {
  expect.hasAssertions();
  const count = fc.oneof(
    fc.integer({ min: 1, max: 100 }),
    fc.integer({ min: 1, max: 2 ** 53 - 1 }),
  );
  const requests = fc.integer({ min: 0, max: 1_000_000_000_000 });
  const row = fc.record({
    usd: fc.oneof(
      fc.constantFrom('0', '0.000000000001'),
      fc.nat(10 ** 6).map((n) => `${n}.5`),
      fc.bigInt({ min: 0n, max: 10n ** 24n }).map(String),
    ),
    count,
    isDeployTarget: fc.boolean(),
    isComplete: fc.boolean(),
  });
  const numbers = fc.record({
    requestsPerMonth: requests,
    durationMs: fc.constantFrom(0.001, 1234.5678, 86_400_000),
    memoryMiB: fc.constantFrom(1, 32_768),
    peakToAverage: fc.constantFrom(1, 3.14159, 1_000_000),
    coldStarts: fc.constantFrom(0, 0.12345, 1),
    redundancy: fc.constantFrom(1 as const, 2 as const),
    place: fc.constantFrom(null, ...places.map(({ id }) => id)),
    freeTier: fc.boolean(),
  });
  const all = [...real.plans, ...real.servers].length;
  fc.assert(
    fc.property(
      numbers,
      fc.array(row, { minLength: all, maxLength: all }),
      fc.shuffledSubarray([...real.order]),
      fc.array(requests, { minLength: 1, maxLength: 9 }),
      (changes, rows, order, crossings) => {
        const change = (each: Comparison['plans'][number], index: number) => {
          const { usd = '0', count: n = 1, ...flags } = rows[index] ?? {};
          const bill = { ...each.bill, totalUsd: usd };
          const instances = each.instances === null ? null : { ...each.instances, count: n };
          return { ...each, ...flags, bill, instances };
        };
        const comparison = {
          ...real,
          workload: { ...real.workload, ...changes },
          plans: real.plans.map(change),
          servers: real.servers.map((each, index) => change(each, real.plans.length + index)),
          order,
          breakEven: real.breakEven.map((pair, index) => ({
            ...pair,
            requestsPerMonth: crossings[index % crossings.length] ?? null,
          })),
        };

        expect(misfits(comparison)).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});

/** What of the screen, in either language, is too wide, too long or leaves a deploy target out. */
function misfits(comparison: Comparison): readonly string[] {
  const { plans, servers, order } = comparison;
  const ranked = [...plans, ...servers].filter(({ id }) => order.includes(id));
  const targets = ranked.filter(({ isDeployTarget }) => isDeployTarget).length;
  return (['en', 'vi'] as const).flatMap((lang) => {
    const lines = screen(comparison, { ...layout, lang });
    const marked = lines.filter((line) => /^ *\d+ {2}.* \* /.test(line)).length;
    return [
      ...lines.filter((line) => widthOf(line) > 80),
      ...(lines.length > 24 ? [`${lines.length} lines`] : []),
      // Deploy has one plan of each cloud; more of them would not have room.
      ...(targets <= 3 && marked !== targets ? [`${marked} of ${targets} targets`] : []),
    ];
  });
}

test('reads in English', () => {
  const lines = screen(comparisonOf({ ...webApi, peakToAverage: 4, place: 'singapore' }), {
    ...layout,
    lang: 'en',
  });

  expect(lines[0]).toMatch(/^Cheapest for 3,000,000 requests a month: /);
  expect(lines).toContain(
    'Singapore: AWS ap-southeast-1, Google asia-southeast1, Azure southeastasia',
  );
  expect(lines.join('\n')).toMatch(
    /\n {3}and \d+ more: --all {4}\* tricloud deploy creates this plan\n/,
  );
  expect(lines.slice(-3).join(' ')).toMatch(
    /^120 ms and 1,536 MiB, random arrivals, peak 4 times the average, free tier deducted, without gateways, load balancers and data transfer, prices of [\d-]+\. --all: every size, note and source\.$/,
  );
});

test('names the place in the language', () => {
  const lines = screen(comparisonOf({ ...webApi, place: 'london' }), { ...layout, lang: 'vi' });

  expect(lines.join('\n')).toMatch(/^Luân Đôn: AWS eu-west-2, /m);
});

test.each([
  { asOf: '2020-01-01', en: /prices of [\d-]+ \(newer than 2020-01-01\)/ },
  { asOf: '2030-01-01', en: /prices of [\d-]+ \(over a year older than 2030-01-01\)/ },
  { asOf: '2026-12-01', en: /prices of [\d-]+\./ },
])('says how old the prices are on $asOf', ({ asOf, en }) => {
  const lines = screen({ ...comparisonOf(webApi), asOf }, { ...layout, lang: 'en' });

  expect(lines.join(' ')).toMatch(en);
});

test('says why nothing can run a workload', () => {
  const none = comparisonOf({
    requestsPerMonth: 1,
    durationMs: 86_400_000,
    memoryMiB: 32_768,
    peakToAverage: 1000,
  });
  const lines = screen(none, { ...layout, lang: 'en' });

  expect(none.order).toEqual([]);
  expect(lines[0]).toBe('No plan and no server can run this workload of 1 request a month.');
  expect(lines.join(' ')).toContain('AWS Lambda; AWS Lambda, provisioned concurrency: ');
});

test.each([
  { billed: { frontDoor: true }, en: 'without data transfer', vi: 'chưa tính truyền dữ liệu' },
  {
    billed: { egress: true },
    en: 'without gateways and load balancers',
    vi: 'chưa tính gateway và bộ cân bằng tải',
  },
  { billed: { frontDoor: true, egress: true }, en: 'deducted, prices', vi: 'free tier, giá ngày' },
])('says what is not billed with $billed', ({ billed, en, vi }) => {
  const comparison = comparisonOf({ ...webApi, ...billed });

  expect(screen(comparison, { ...layout, lang: 'en' }).join(' ')).toContain(en);
  expect(screen(comparison, { ...layout, lang: 'vi' }).join(' ')).toContain(vi);
});

test('names the clouds without a price for a commitment', () => {
  const committed = comparisonOf({ ...webApi, commitment: '1y' });
  const onDemand = committed.servers.filter(
    ({ provider, commitment }) => provider === 'google' || commitment === null,
  );
  const last = (servers: Comparison['servers'], lang: 'en' | 'vi') =>
    screen({ ...committed, servers }, { ...layout, lang })
      .slice(-4)
      .join(' ');

  expect(last(onDemand, 'en')).toContain('no 1-year price here: AWS, Azure, prices of');
  expect(last(onDemand, 'vi')).toContain('không có giá 1 năm ở đây: AWS, Azure, giá ngày');
});

test('names the regions alone where one of them is not near the place', () => {
  const elsewhere = comparisonOf({
    ...webApi,
    place: 'singapore',
    region: { aws: 'us-east-1' },
  });

  expect(screen(elsewhere, { ...layout, lang: 'en' })).toContain(
    'AWS us-east-1, Google asia-southeast1, Azure southeastasia',
  );
});
