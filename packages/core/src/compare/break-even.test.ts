import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Metered } from '../billing/metered.ts';
import { quantity, zero, type Quantity } from '../pricing/quantity.ts';
import { crossingsOf, toSide } from './break-even.ts';
import { keptAt, oneMonth, printedAt, toMonth, type Curve, type Share } from './curve.ts';
import type { Crossing } from './pair.ts';

function metered(
  perRequest: readonly [bigint, bigint],
  allowance: readonly [bigint, bigint],
  tiers: readonly { upTo: bigint | null; unitPrice: bigint }[],
  tiersCount: 'used' | 'billed' = 'billed',
): Metered {
  return {
    quantity: quantity(...perRequest),
    price: {
      id: 'test',
      meter: 'test',
      unit: 'unit',
      tiersCount,
      pool: null,
      knownUpTo: null,
      region: 'test',
      source: '',
      confidence: 'official',
      list: { service: 'test', date: '2026-11-22', sources: [] },
      order: 0,
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
    tiersCount: fc.constantFrom('used', 'billed'),
  })
  .map(({ perRequest, allowance, ends, prices, tiersCount }) =>
    metered(
      perRequest,
      allowance,
      [...ends.toSorted((a, b) => (a < b ? -1 : 1)), null].map((upTo, index) => ({
        upTo,
        unitPrice: prices[index] ?? 0n,
      })),
      tiersCount,
    ),
  );

const anyKept = fc.record({
  month: fc.array(anyMeter, { minLength: 1, maxLength: 2 }).map(oneMonth),
  share: fc
    .tuple(fc.bigInt({ min: 1n, max: 30n }), fc.bigInt({ min: 1n, max: 900n }))
    .map((perRequest) => shareOf(quantity(...perRequest))),
});

function shareOf(perRequest: Quantity): Share {
  return { carries: 1, perRequest, count: keptAt(perRequest, 0n) };
}

const anyCurve: fc.Arbitrary<Curve> = fc.record({
  perRequest: fc.array(anyMeter, { maxLength: 3 }),
  kept: fc.option(anyKept),
  freeTier: fc.boolean(),
});

function crossingsUpTo(limit: number, plan: Curve, server: Curve): readonly Crossing[] {
  const known = { turns: new Map(), stairs: new Map() };
  const { crossings, isComplete } = crossingsOf(toSide(plan, known), toSide(server, known), {
    left: 1e6,
  });
  expect(isComplete || (crossings.at(-1)?.requestsPerMonth ?? 0) > limit).toBe(true);
  return crossings.filter(({ requestsPerMonth }) => requestsPerMonth <= limit);
}

/** The plain way: every number of requests in turn. */
function counted(limit: number, plan: Curve, server: Curve): readonly Crossing[] {
  const crossings: Crossing[] = [];
  let wasDearer = false;
  for (let requestsPerMonth = 0; requestsPerMonth <= limit; requestsPerMonth += 1) {
    const count = BigInt(requestsPerMonth);
    const isDearer = printedAt(plan, count) > printedAt(server, count);
    if (isDearer !== wasDearer) {
      crossings.push({ requestsPerMonth, dearer: isDearer ? 'plan' : 'server' });
    }
    wasDearer = isDearer;
  }
  return crossings;
}

const nothing: Curve = { perRequest: [], kept: null, freeTier: true };

function level(amount: bigint): Curve {
  const each = [metered([1n, 1n], [0n, 1n], [{ upTo: null, unitPrice: amount }])];
  return { ...nothing, kept: { month: toMonth(each), share: shareOf(quantity(1n, 10n ** 30n)) } };
}

describe('crossingsOf', () => {
  test('finds every crossing with what is level, as counting does', () => {
    fc.assert(
      fc.property(
        fc.array(anyMeter, { minLength: 1, maxLength: 3 }),
        fc.bigInt({ min: 0n, max: 3000n }),
        fc.boolean(),
        (perRequest, amount, freeTier) => {
          const plan = { perRequest, kept: null, freeTier };
          const server = level(amount);
          expect(crossingsUpTo(600, plan, server)).toEqual(counted(600, plan, server));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('finds every crossing of stairs and tiers, as counting does', () => {
    // Prices of a picodollar are all rounding: these are a million times as much.
    const large = anyCurve.map((curve) => scaled(curve));
    fc.assert(
      fc.property(large, large, (plan, server) => {
        const [found, plain] = [crossingsUpTo(400, plan, server), counted(400, plan, server)];
        expect(found).toEqual(plain);
      }),
      { numRuns: 400 },
    );
  });

  test('one that has none is left alone', () => {
    expect(crossingsUpTo(1e12, nothing, nothing)).toEqual([]);
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
    const plan = { perRequest: curve, kept: null, freeTier: true };
    const crossings = point === null ? [] : [{ requestsPerMonth: point, dearer: 'plan' }];
    expect(crossingsUpTo(1e12, plan, level(target))).toEqual(crossings);
  });

  test('takes no allowance off without the free tier', () => {
    const perRequest = [metered([1n, 1n], [5n, 1n], [{ upTo: null, unitPrice: 1n }])];
    const plan = { perRequest, kept: null, freeTier: false };
    const points = [0n, 1n, 7n].map((target) => crossingsUpTo(1e12, plan, level(target)));
    expect(points.flat().map(({ requestsPerMonth }) => requestsPerMonth)).toEqual([1, 2, 8]);
    expect(perRequest[0]?.price.allowance).not.toEqual(zero);
  });
});

const million = 1_000_000n;

function scaled({ perRequest, kept, freeTier }: Curve): Curve {
  return {
    perRequest: perRequest.map(dearer),
    kept: kept === null ? null : { ...kept, month: oneMonth(kept.month.each.map(dearer)) },
    freeTier,
  };
}

function dearer({ quantity: used, price }: Metered): Metered {
  const tiers = price.tiers.map((tier) => ({ ...tier, unitPrice: tier.unitPrice * million }));
  return { quantity: used, price: { ...price, tiers } };
}
