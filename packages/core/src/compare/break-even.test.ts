import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { totalOf } from '../billing/bill.ts';
import type { Metered } from '../billing/metered.ts';
import { quantity, zero } from '../pricing/quantity.ts';
import { firstAbove } from './break-even.ts';

function metered(
  perRequest: readonly [bigint, bigint],
  allowance: readonly [bigint, bigint],
  tiers: readonly { upTo: bigint | null; unitPrice: bigint }[],
): Metered {
  return {
    meter: 'test',
    quantity: quantity(...perRequest),
    price: {
      unit: 'unit',
      allowance: quantity(...allowance),
      tiers: tiers.map((tier) => ({ ...tier, upToPrinted: null, unitPriceUsd: '' })),
    },
  };
}

const small = fc.bigInt({ min: 1n, max: 50n });
const anyMeter = fc
  .record({
    perRequest: fc.tuple(fc.bigInt({ min: 0n, max: 20n }), small),
    allowance: fc.tuple(fc.bigInt({ min: 0n, max: 2000n }), small),
    ends: fc.uniqueArray(fc.bigInt({ min: 1n, max: 200n }), { maxLength: 3 }),
    prices: fc.array(fc.bigInt({ min: 0n, max: 12n }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ perRequest, allowance, ends, prices }) =>
    metered(
      perRequest,
      allowance,
      [...ends.toSorted((a, b) => (a < b ? -1 : 1)), null].map((upTo, index) => ({
        upTo,
        unitPrice: prices[index] ?? 0n,
      })),
    ),
  );

describe('firstAbove', () => {
  test('finds the smallest number of requests on any bill, whatever its bends and flat stretches', () => {
    const limit = 3000;
    fc.assert(
      fc.property(
        fc.array(anyMeter, { minLength: 1, maxLength: 3 }),
        fc.array(fc.bigInt({ min: 0n, max: 3000n }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (perRequest, someTargets, freeTier) => {
          const targets = someTargets.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
          const found = firstAbove({ perRequest, freeTier }, targets);
          // The plain way: every number of requests in turn.
          const plain = targets.map((target) => {
            for (let requests = 1; requests <= limit; requests += 1) {
              const count = BigInt(requests);
              if (totalOf(perRequest, { count, freeTier }) > target) return requests;
            }
            return null;
          });
          const within = found.map((point) => (point !== null && point <= limit ? point : null));
          expect(within).toEqual(plain);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    {
      curve: [metered([1n, 1n], [0n, 1n], [{ upTo: null, unitPrice: 0n }])],
      target: 0n,
      point: null,
      why: 'what is free never costs more',
    },
    {
      curve: [
        metered(
          [1n, 1n],
          [0n, 1n],
          [
            { upTo: 10n, unitPrice: 1n },
            { upTo: null, unitPrice: 0n },
          ],
        ),
      ],
      target: 10n,
      point: null,
      why: 'a bill that stops growing at the target never passes it',
    },
    {
      curve: [
        metered(
          [1n, 1n],
          [0n, 1n],
          [
            { upTo: 10n, unitPrice: 1n },
            { upTo: 1000n, unitPrice: 0n },
            { upTo: null, unitPrice: 1n },
          ],
        ),
      ],
      target: 10n,
      point: 1001,
      why: 'a flat stretch is passed over',
    },
    {
      curve: [metered([1n, 10n], [0n, 1n], [{ upTo: null, unitPrice: 1n }])],
      target: 1n,
      point: 15,
      why: 'the printed bill decides: 1.5 is printed as 2',
    },
    { curve: [], target: 0n, point: null, why: 'no meters, no bill' },
    {
      curve: [metered([1n, 1n], [5n, 1n], [{ upTo: null, unitPrice: 1n }])],
      target: 0n,
      point: 6,
      why: 'the first request past the allowance',
    },
  ])('$why', ({ curve, target, point }) => {
    expect(firstAbove({ perRequest: curve, freeTier: true }, [target])).toEqual([point]);
  });

  test('takes no allowance off without the free tier', () => {
    const perRequest = [metered([1n, 1n], [5n, 1n], [{ upTo: null, unitPrice: 1n }])];
    expect(firstAbove({ perRequest, freeTier: false }, [0n, 1n, 7n])).toEqual([1, 2, 8]);
    expect(perRequest[0]?.price.allowance).not.toEqual(zero);
  });
});
