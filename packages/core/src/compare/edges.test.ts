import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { priceLists, withOwnPrices } from '../price-lists.ts';
import { compare } from './compare.ts';
import { ComparisonSchema, type Comparison } from './comparison.ts';
import { anyWorkload } from './testing/any-workload.ts';
import { parseWorkload } from './workload.ts';

// The same examples in every run: a search that is hard by chance would take minutes.
fc.configureGlobal({ seed: 20_261_130 });

// Every plan, also those that will end.
const small = { includeLegacy: true, requestsPerMonth: 1_000_000, durationMs: 100, memoryMiB: 128 };

function comparisonOf(input: unknown): Comparison {
  return compare(parseWorkload(input, priceLists), { asOf: '2026-11-30', prices: priceLists });
}

function totalOf({ plans, servers, sizes }: Comparison, id: string) {
  const estimate = [...plans, ...servers].find((each) => each.id === id)?.bill;
  return estimate?.totalUsd ?? sizes.find((each) => each.id === id)?.totalUsd;
}

describe('at the ends of what a workload may say', () => {
  test.each([
    {
      input: { ...small, memoryMiB: 32_768 },
      able: ['google-cloud-run', 'google-cloud-run-instance-based'],
      why: '32 GiB are the most of Cloud Run, and more than any other plan has',
    },
    {
      input: { ...small, requestsPerMonth: 10_000, durationMs: 1_200_000 },
      able: [
        'google-cloud-run',
        'google-cloud-run-instance-based',
        'azure-functions-flex',
        'azure-functions-flex-always-ready',
        'azure-functions-premium-EP1',
        'azure-functions-premium-EP2',
        'azure-functions-premium-EP3',
      ],
      why: '20 minutes are over 15 on Lambda, 10 on Consumption and 9 on the first generation',
    },
    {
      input: { ...small, responseKiB: 1_048_576 },
      able: [
        'azure-functions-flex',
        'azure-functions-flex-always-ready',
        'azure-functions-consumption',
        'azure-functions-premium-EP1',
        'azure-functions-premium-EP2',
        'azure-functions-premium-EP3',
      ],
      why: 'a response of a GiB is over 6 MB on Lambda, 32 MB and 10 MB on Google; of Azure no limit is known',
    },
  ])('$why', ({ input, able }) => {
    const { plans, unavailable } = comparisonOf(input);
    expect(plans.map(({ id }) => id)).toEqual(able);
    const told = unavailable.filter(({ id }) => !/-(?:ec2|gce|vm)-/.test(id));
    expect(told.length + able.length).toBe(11);
    for (const { reason } of told) {
      expect(reason.en).toMatch(
        /^(No 32 GiB|A request takes 1,200,000 ms|A response has 1,048,576 KiB)/,
      );
    }
  });

  test.each([
    {
      input: { ...small, requestsPerMonth: 0 },
      totals: {
        'aws-lambda': '0',
        // 730 x 3,600 s x 0.125 GB x 0.0000041667
        'aws-lambda-provisioned-concurrency': '1.36876095',
        'aws-ec2-t3.small': '15.184',
      },
      why: 'a function that is never called pays for what is provisioned, and for nothing else',
    },
    {
      input: { ...small, requestsPerMonth: 1_000_000_000_000, freeTier: false },
      totals: {
        // 200,000 + 6e9 x 0.0000166667 + 6.5e9 x 0.000015, for 1e12 x 0.1 s x 0.125 GB
        'aws-lambda': '397500.2',
        // In flight are 1e11 s / 2,628,000 s = 38,051.75: two on each m5.large are 19,026 servers.
        'aws-ec2-m5.large': String(19_026 * 70.08),
      },
      why: 'a million million requests are priced in the last tier they reach',
    },
    {
      input: { ...small, peakToAverage: 1000, concurrencyPerInstance: 1 },
      totals: {
        // In flight are 1e5 s x 1,000 / 2,628,000 s = 38.05: two on each server are 20 servers.
        'aws-ec2-t3.small': '303.68',
        'aws-lambda': '0',
      },
      why: 'a peak of a thousand times the average is a matter of servers alone',
    },
    {
      input: {
        ...small,
        peakToAverage: 1000,
        concurrencyPerInstance: 1000,
        cpuPerRequest: 0.001,
      },
      totals: { 'aws-ec2-t3.small': '15.184', 'azure-vm-B1ms': '15.111', 'aws-lambda': '0' },
      why: 'a thousand requests that share an instance fit one server',
    },
  ])('$why', ({ input, totals }) => {
    const comparison = comparisonOf(input);
    const told = Object.keys(totals).map((id) => [id, totalOf(comparison, id)]);
    expect(Object.fromEntries(told)).toEqual(totals);
  });

  test('64 GiB are more than any plan has and are refused with what would be right', () => {
    expect(() => comparisonOf({ ...small, memoryMiB: 65_536 })).toThrow(
      'memoryMiB is 65536, but must be a whole number from 1 to 32,768',
    );
  });

  test('where there are more crossings than are looked for it says so', () => {
    // Servers with one vCPU at the price of an instance with one vCPU: they cost the same at every step.
    const prices = withOwnPrices({ 'aws-ec2/m7a.medium': '0.0657' });
    const input = { ...small, arrivals: 'even', freeTier: false, everyServer: true };
    const workload = parseWorkload(input, prices);
    const { breakEven } = compare(workload, { asOf: '2026-11-30', prices });
    expect(breakEven.filter(({ isComplete }) => !isComplete)).not.toEqual([]);
    for (const { crossings } of breakEven) expect(crossings.length).toBeLessThanOrEqual(2_000);
  });
});

function warningsOn(asOf: string, commitment: 'none' | '1y' = 'none') {
  const workload = parseWorkload({ ...small, commitment }, priceLists);
  const { notes } = compare(workload, { asOf, prices: priceLists });
  return {
    en: notes.map(({ en }) => en).join('\n'),
    vi: notes.map(({ vi }) => vi).join('\n'),
  };
}

test('says which lists are more than a year old or newer than the day, in both languages', () => {
  const now = warningsOn('2026-11-30');
  expect(now.en).not.toMatch(/aws-lambda/);
  for (const day of ['2028-01-01', '2026-01-01']) {
    const { en, vi } = warningsOn(day);
    for (const text of [en, vi])
      expect(text).toMatch(/aws-lambda.*2026-11-22|2026-11-22.*aws-lambda/);
    expect(en.split('\n').length).toBeGreaterThan(now.en.split('\n').length + 3);
  }
  expect(warningsOn('2026-11-22').en).not.toMatch(/aws-lambda/);
  expect(warningsOn('2027-11-22').en).not.toMatch(/aws-lambda/);
  expect(warningsOn('2027-11-23').en).toMatch(/aws-lambda/);
});

test('says which prices no source shows, where they are used', () => {
  const isUnverified = /unverified|no source/i;
  expect(warningsOn('2026-11-30', '1y').en).toMatch(isUnverified);
});

test('no input that the schema lets in makes an exception, a negative amount or what is no number', () => {
  const positive = fc.double({ min: 5e-324, max: 86_400_000, noNaN: true });
  const extremes = fc.record({
    durationMs: fc.oneof(positive, fc.constantFrom(5e-324, 1e-300, 86_400_000)),
    responseKiB: fc.oneof(
      fc.double({ min: 0, max: 1_048_576, noNaN: true }),
      fc.constantFrom(0, 5e-324, 1e-300, 1_048_576),
    ),
    peakToAverage: fc.constantFrom(1, 1 + 2 ** -52, 1000, 1_000_000),
    egress: fc.boolean(),
    frontDoor: fc.boolean(),
  });
  fc.assert(
    fc.property(anyWorkload, extremes, (workload, extreme) => {
      const comparison = comparisonOf({ ...workload, ...extreme });
      expect(v.is(ComparisonSchema, comparison)).toBe(true);
      expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
    }),
    { numRuns: 25 },
  );
});
