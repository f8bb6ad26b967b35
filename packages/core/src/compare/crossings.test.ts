import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Metered } from '../billing/metered.ts';
import { quantity, roundUp, zero, type Quantity } from '../pricing/quantity.ts';
import { toCostCurve } from './cost-curve.ts';
import { totalAt, type Cost, type Driver } from './cost.ts';
import { crossingsOf, type Crossing } from './crossings.ts';
import { requestsDriver, stepDriver } from './drivers.ts';

// The same examples in every run: a search that is hard by chance would take minutes.
fc.configureGlobal({ seed: 20_261_130 });

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
      allowanceGroup: null,
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

const anyStep = fc
  .tuple(fc.bigInt({ min: 1n, max: 30n }), fc.bigInt({ min: 1n, max: 900n }))
  .map(([top, bottom]) => instancesDriver(quantity(top, bottom)));

/** As many as have room for so much of each request, and at least one. */
function instancesDriver({ numerator, denominator }: Quantity): Driver {
  return stepDriver((requests) =>
    Math.max(1, Number(roundUp(quantity(numerator * BigInt(requests), denominator)))),
  );
}

/** One whole and then less and less of each request, as instances that are shared. */
function curveDriver(half: bigint): Driver {
  const exact = (requests: number) => {
    const each = BigInt(requests);
    return quantity(each * (each + 2n * half), each + half);
  };
  const approximate = (requests: number) =>
    (requests * (requests + 2 * Number(half))) / (requests + Number(half));
  return { exact, approximate, shape: 'curve' };
}

const anyDriver = fc.oneof(
  fc.constant(requestsDriver),
  anyStep,
  fc.bigInt({ min: 1n, max: 3000n }).map(curveDriver),
);

const anyCost: fc.Arbitrary<Cost> = fc.record({
  charges: fc.array(
    fc.record({ metered: fc.array(anyMeter, { minLength: 1, maxLength: 2 }), driver: anyDriver }),
    { minLength: 1, maxLength: 3 },
  ),
  freeTier: fc.boolean(),
});

interface Scan {
  readonly isComplete: boolean;
  readonly crossings: readonly Crossing[];
}

function crossingsUpTo(limit: number, plan: Cost, server: Cost): Scan {
  const effort = { left: 1e6 };
  const found = crossingsOf(toCostCurve(plan), toCostCurve(server), effort);
  const crossings = found.crossings.filter(({ requestsPerMonth }) => requestsPerMonth <= limit);
  // Where the search ended early, what it found is complete up to its last crossing.
  const isComplete = found.isComplete || (found.crossings.at(-1)?.requestsPerMonth ?? 0) > limit;
  return { crossings, isComplete };
}

function allUpTo(limit: number, plan: Cost, server: Cost): readonly Crossing[] {
  const { crossings, isComplete } = crossingsUpTo(limit, plan, server);
  expect(isComplete).toBe(true);
  return crossings;
}

/** The plain way: every number of requests in turn. */
function counted(limit: number, plan: Cost, server: Cost): readonly Crossing[] {
  const crossings: Crossing[] = [];
  let wasAbove = false;
  for (let requestsPerMonth = 0; requestsPerMonth <= limit; requestsPerMonth += 1) {
    const isAbove = totalAt(plan, requestsPerMonth) > totalAt(server, requestsPerMonth);
    if (isAbove !== wasAbove) {
      crossings.push({ requestsPerMonth, moreExpensive: isAbove ? 'plan' : 'server' });
    }
    wasAbove = isAbove;
  }
  return crossings;
}

/** One of the unit for each of the driver, at a price in picodollars. */
function eachAt(unitPrice: bigint): readonly Metered[] {
  return [metered([1n, 1n], [0n, 1n], [{ upTo: null, unitPrice }])];
}

function ofRequests(perRequest: readonly Metered[], freeTier = true): Cost {
  return { charges: [{ metered: perRequest, driver: requestsDriver }], freeTier };
}

const nothing: Cost = { charges: [], freeTier: true };

function level(amount: bigint): Cost {
  const charges = [{ metered: eachAt(amount), driver: stepDriver(() => 1) }];
  return { charges, freeTier: true };
}

describe('crossingsOf', () => {
  test('finds every crossing with what is level, as counting does', () => {
    fc.assert(
      fc.property(
        fc.array(anyMeter, { minLength: 1, maxLength: 3 }),
        fc.bigInt({ min: 0n, max: 3000n }),
        fc.boolean(),
        (perRequest, amount, freeTier) => {
          const [plan, server] = [ofRequests(perRequest, freeTier), level(amount)];
          expect(allUpTo(600, plan, server)).toEqual(counted(600, plan, server));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('finds every crossing of step functions, tiers and curves, as counting does', () => {
    // Prices of a picodollar are all rounding: these are a million times as much.
    const large = anyCost.map(scaled);
    let complete = 0;
    fc.assert(
      fc.property(large, large, (plan, server) => {
        const { crossings, isComplete } = crossingsUpTo(400, plan, server);
        const plain = counted(400, plan, server);
        if (isComplete) complete += 1;
        expect(crossings).toEqual(isComplete ? plain : plain.slice(0, crossings.length));
      }),
      { numRuns: 400 },
    );
    expect(complete).toBeGreaterThan(300);
  });

  test.each([
    { left: 0, why: 'without any effort only the ends are known' },
    { left: 40, why: 'with a little effort the first crossings' },
  ])('$why, and it says so', ({ left }) => {
    // A step of three for every request against two for each: they cross at every step.
    const plan = {
      charges: [{ metered: eachAt(30n), driver: instancesDriver(quantity(1n, 3n)) }],
      freeTier: true,
    };
    const server = ofRequests(eachAt(10n));
    const effort = { left };
    const { crossings, isComplete } = crossingsOf(
      toCostCurve(scaled(plan)),
      toCostCurve(scaled(server)),
      effort,
    );
    expect(isComplete).toBe(false);
    expect(effort.left).toBe(0);
    const plain = counted(100, scaled(plan), scaled(server));
    expect(plain.slice(0, crossings.length)).toEqual(crossings);
    expect(crossings.length).toBeLessThan(plain.length);
    expect(crossings.length > 0).toBe(true);
  });

  test('finds two crossings within one piece of a curve', () => {
    const plan = {
      charges: [{ metered: eachAt(10n), driver: curveDriver(1000n) }],
      freeTier: true,
    };
    const server = {
      charges: [
        { metered: eachAt(14n), driver: requestsDriver },
        { metered: eachAt(1300n), driver: stepDriver(() => 1) },
      ],
      freeTier: true,
    };
    const found = allUpTo(5000, scaled(plan), scaled(server));
    expect(found).toEqual(counted(5000, scaled(plan), scaled(server)));
    expect(found.map(({ moreExpensive }) => moreExpensive)).toEqual(['plan', 'server']);
  });

  test('one pair leaves effort for the next', () => {
    const plan = {
      charges: [{ metered: eachAt(30n), driver: instancesDriver(quantity(1n, 3n)) }],
      freeTier: true,
    };
    const effort = { left: 60_000 };
    const found = crossingsOf(
      toCostCurve(scaled(plan)),
      toCostCurve(scaled(ofRequests(eachAt(10n)))),
      effort,
    );
    expect(found.isComplete).toBe(false);
    expect(effort.left).toBeGreaterThan(50_000);
  });

  test('one that has none is left alone', () => {
    expect(allUpTo(1e12, nothing, nothing)).toEqual([]);
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
    const crossings = point === null ? [] : [{ requestsPerMonth: point, moreExpensive: 'plan' }];
    expect(allUpTo(1e12, ofRequests(curve), level(target))).toEqual(crossings);
  });

  test('takes no allowance off without the free tier', () => {
    const perRequest = [metered([1n, 1n], [5n, 1n], [{ upTo: null, unitPrice: 1n }])];
    const plan = ofRequests(perRequest, false);
    const points = [0n, 1n, 7n].map((target) => allUpTo(1e12, plan, level(target)));
    expect(points.flat().map(({ requestsPerMonth }) => requestsPerMonth)).toEqual([1, 2, 8]);
    expect(perRequest[0]?.price.allowance).not.toEqual(zero);
  });
});

const million = 1_000_000n;

function scaled({ charges, freeTier }: Cost): Cost {
  const scaledCharges = charges.map((each) => ({
    ...each,
    metered: each.metered.map(timesMillion),
  }));
  return { charges: scaledCharges, freeTier };
}

function timesMillion({ quantity: used, price }: Metered): Metered {
  const tiers = price.tiers.map((tier) => ({ ...tier, unitPrice: tier.unitPrice * million }));
  return { quantity: used, price: { ...price, tiers } };
}
