import { places } from '@tricloud/core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { widthOf } from '../table.ts';
import { comparisonOf, webApi } from '../testing/comparison.ts';
import { englishIn } from '../testing/english.ts';
import { screen } from './screen.ts';

const layout = { paint: (_style: string, text: string) => text, width: 200, hasBlocks: true };

const workload = fc.record(
  {
    requestsPerMonth: fc.oneof(
      fc.constantFrom(0, 1, 1000, 3_000_000, 1_000_000_000_000),
      fc.integer({ min: 0, max: 1_000_000_000_000 }),
    ),
    durationMs: fc.constantFrom(0.001, 1234.5678, 120, 30_000, 86_400_000),
    memoryMiB: fc.constantFrom(1, 128, 1536, 10_240, 32_768),
    concurrencyPerInstance: fc.constantFrom(1, 80, 1000),
    peakToAverage: fc.constantFrom(1, 3.14159, 144, 1_000_000),
    arrivals: fc.constantFrom('random', 'even'),
    coldStarts: fc.constantFrom(0, 0.123, 1),
    initMs: fc.constantFrom(0, 900_000),
    architecture: fc.constantFrom('x86_64', 'arm64'),
    redundancy: fc.constantFrom(1, 2),
    commitment: fc.constantFrom('none', '1y'),
    place: fc.constantFrom(null, ...places.map(({ id }) => id)),
    frontDoor: fc.boolean(),
    diskAndAddress: fc.boolean(),
    egress: fc.boolean(),
    includeLegacy: fc.boolean(),
    everyServer: fc.boolean(),
    freeTier: fc.boolean(),
  },
  { requiredKeys: ['requestsPerMonth', 'durationMs', 'memoryMiB'] },
);

test('fits 80 columns and 24 lines and shows every deploy target, whatever the workload', () => {
  fc.assert(
    fc.property(workload, fc.constantFrom('en' as const, 'vi' as const), (input, lang) => {
      const comparison = comparisonOf(input);
      const lines = screen(comparison, { ...layout, lang });
      const ranked = [...comparison.plans, ...comparison.servers].filter(({ id }) =>
        comparison.order.includes(id),
      );
      const targets = ranked.filter(({ isDeployTarget }) => isDeployTarget);

      expect(lines.length).toBeLessThanOrEqual(24);
      expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
      expect(
        lines.filter((line) => / \*(?: |$)/.test(line.replace(/^ {3}.*\* .*$/, ''))),
      ).toHaveLength(targets.length);
      if (lang === 'vi') expect(lines.flatMap(englishIn)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('reads in English', () => {
  const lines = screen(comparisonOf({ ...webApi, peakToAverage: 4, place: 'singapore' }), {
    ...layout,
    lang: 'en',
  });

  expect(lines[0]).toMatch(/^Cheapest for 3,000,000 requests a month: /);
  expect(lines).toContain(
    'Singapore: AWS ap-southeast-1, Google asia-southeast1, Azure southeastasia',
  );
  expect(lines.join('\n')).toMatch(/\n {3}and \d+ more: --all {4}\* created by tricloud deploy\n/);
  expect(lines.at(-2)).toBe(
    '120 ms and 1,536 MiB, random arrivals, peak 4 times the average, free tier',
  );
  expect(lines.at(-1)).toMatch(
    /^deducted, prices of [\d-]+\. --all: every size, note and source\.$/,
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
