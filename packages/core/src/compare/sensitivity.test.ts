import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceLists } from '../price-lists.ts';
import { compare } from './compare.ts';
import { sensitivityOf } from './sensitivity.ts';
import { anyWorkload } from './testing/any-workload.ts';
import { parseWorkload, type Workload } from './workload.ts';

function cheapest(workload: Workload): string | undefined {
  return compare(workload, { asOf: '2026-11-30', prices: priceLists }).order[0];
}

describe('sensitivityOf', () => {
  test('says which number moves the order, and how far it has to move', () => {
    const shop = { requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 };
    expect(sensitivityOf(parseWorkload({ ...shop, peakToAverage: 4 }, priceLists), priceLists)).toEqual([
      {
        field: 'requestsPerMonth',
        value: 3_000_000,
        // 2,222,222 x 0.18 GB-s are just within the 400,000 that are free on Lambda.
        below: { value: 2_222_222, cheapest: 'aws-lambda' },
        above: { value: 10_084_146, cheapest: 'google-gce-e2-medium' },
      },
      {
        field: 'durationMs',
        value: 120,
        below: { value: 99, cheapest: 'aws-lambda' },
        above: { value: 423.001, cheapest: 'google-gce-e2-medium' },
      },
      {
        field: 'memoryMiB',
        value: 1536,
        below: { value: 1520, cheapest: 'aws-lambda' },
        above: { value: 1537, cheapest: 'aws-lambda' },
      },
      {
        field: 'concurrencyPerInstance',
        value: 1,
        below: null,
        above: { value: 3, cheapest: 'google-cloud-run' },
      },
      { field: 'responseKiB', value: 2, below: null, above: null },
      { field: 'peakToAverage', value: 4, below: null, above: null },
    ]);
  });

  test('another offer is the cheapest at each turn, and the same one a unit before it', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const now = cheapest(workload);
        for (const { field, value, below, above } of sensitivityOf(workload, priceLists)) {
          for (const turn of [below, above]) {
            if (turn === null) continue;
            expect(cheapest({ ...workload, [field]: turn.value })).toBe(turn.cheapest || undefined);
            expect(turn.cheapest).not.toBe(now);
            const unit = /Ms|KiB|Average/.test(field) ? 0.001 : 1;
            const back = turn.value + (turn === above ? -unit : unit);
            const before = Math.round(back * 1000) / 1000;
            // What is between the value and the first unit beside it is not looked at.
            if (Math.abs(before - value) < unit) continue;
            expect(cheapest({ ...workload, [field]: before })).toBe(now);
          }
        }
      }),
      { numRuns: 8 },
    );
  });
});
