import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceLists } from '../price-lists.ts';
import { compare } from './compare.ts';
import { sensitivityOf } from './sensitivity.ts';
import { anyWorkload } from './testing/any-workload.ts';
import { parseWorkload, type Workload } from './workload.ts';

// The same examples in every run: a search that is hard by chance would take minutes.
fc.configureGlobal({ seed: 20_261_130 });

function cheapest(workload: Workload): string | undefined {
  return compare(workload, { asOf: '2026-11-30', prices: priceLists }).order[0];
}

describe('sensitivityOf', () => {
  test('says which number moves the order, and how far it has to move', () => {
    const shop = { requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 };
    expect(
      sensitivityOf(parseWorkload({ ...shop, peakToAverage: 4 }, priceLists), priceLists),
    ).toEqual([
      {
        field: 'requestsPerMonth',
        value: 3_000_000,
        below: null,
        // 2.8 USD of requests and 38.37 of compute on Lambda, against three t3a.small at 13.724 each.
        above: { value: 15_012_060, cheapest: 'aws-ec2-t3a.small' },
      },
      {
        field: 'durationMs',
        value: 120,
        below: null,
        above: { value: 998.001, cheapest: 'aws-ec2-t3a.small' },
      },
      {
        field: 'memoryMiB',
        value: 1536,
        below: null,
        above: { value: 6883, cheapest: 'google-cloud-run' },
      },
      { field: 'concurrencyPerInstance', value: 1, below: null, above: null },
      {
        field: 'responseKiB',
        value: 2,
        below: null,
        // More than Lambda answers with: 6,291,556 bytes.
        above: { value: 6144.098, cheapest: 'google-cloud-run' },
      },
      { field: 'peakToAverage', value: 4, below: null, above: null },
    ]);
  });

  test('another plan or server is the cheapest at each tipping point, and the same one a unit before it', () => {
    fc.assert(
      fc.property(anyWorkload, (any) => {
        const workload: Workload = { ...any, arrivals: 'random' };
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
      { numRuns: 1 },
    );
  });
});
