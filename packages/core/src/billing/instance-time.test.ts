import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDecimal } from '../pricing/quantity.ts';
import { billedInstances, instanceMs } from './instance-time.ts';
import type { Arrivals } from './instance-traffic.ts';
import { billingOf, simulateCell, trafficOf, type Cell } from './testing/simulated-cell.ts';
import { simulateInstances } from './testing/simulate-instances.ts';
import simulated from './testing/simulated-instances.json' with { type: 'json' };

const cloudRun = { stepMs: 100, minimumMs: 0 };
const flex = { stepMs: 100, minimumMs: 1000 };

const stored = simulated.cells.map((row) => {
  const [concurrency = 0, inFlight = 0, durationMs = 0, minimumMs = 0, instances = 0] = row;
  return { concurrency, inFlight, durationMs, minimumMs, instances };
});

function modelOf(cell: Cell): number {
  return billedInstances(trafficOf(cell), billingOf(cell));
}

/** Of so many places in an instance hardly one more is needed. */
function isServedByOne({ concurrency, inFlight }: Cell): boolean {
  return concurrency > inFlight + 6 * Math.sqrt(inFlight) + 3;
}

describe('billed instances under random arrivals', () => {
  test('are within 10 % of the simulation, within 2 % where one serves everything or a thousand are in flight', () => {
    expect(stored.length).toBeGreaterThan(300);
    const far = stored.filter((cell) => {
      const difference = Math.abs(modelOf(cell) / cell.instances - 1);
      const isSmooth = isServedByOne(cell) || cell.inFlight >= 1000;
      return difference > (isSmooth ? 0.02 : 0.1);
    });
    expect(far).toEqual([]);
  });

  test.each(stored.filter((_, index) => index % 60 === 0))(
    'are what the simulation still says: $concurrency, $inFlight, $durationMs ms, $minimumMs ms',
    (cell) => {
      const again = simulateCell(cell, 10_000);
      expect(again.instances / cell.instances).toBeCloseTo(1, 1);
    },
  );

  test.each([
    { perS: 0.01, durationMs: 200, concurrency: 1, plain: 0.002, flexible: 0.0099 },
    { perS: 0.01, durationMs: 200, concurrency: 80, plain: 0.002, flexible: 0.0099 },
    { perS: 0.38, durationMs: 200, concurrency: 1, plain: 0.076, flexible: 0.302 },
    { perS: 0.38, durationMs: 200, concurrency: 80, plain: 0.0745, flexible: 0.278 },
    { perS: 3.8, durationMs: 50, concurrency: 1, plain: 0.38, flexible: 1.127 },
    { perS: 3.8, durationMs: 50, concurrency: 80, plain: 0.315, flexible: 0.794 },
    { perS: 50, durationMs: 20, concurrency: 80, plain: 0.931, flexible: 0.983 },
    { perS: 10, durationMs: 200, concurrency: 1, plain: 2, flexible: 3.457 },
    { perS: 10, durationMs: 200, concurrency: 2, plain: 1.529, flexible: 1.966 },
    { perS: 10, durationMs: 200, concurrency: 10, plain: 0.909, flexible: 0.947 },
    { perS: 40, durationMs: 250, concurrency: 1, plain: 12, flexible: 12.4 },
    { perS: 40, durationMs: 250, concurrency: 10, plain: 1.741, flexible: 1.861 },
    { perS: 380, durationMs: 100, concurrency: 80, plain: 1, flexible: 1 },
    { perS: 1000, durationMs: 200, concurrency: 10, plain: 21.79, flexible: 22.06 },
    { perS: 1000, durationMs: 200, concurrency: 80, plain: 3.027, flexible: 3.085 },
    { perS: 1000, durationMs: 200, concurrency: 1, plain: 200, flexible: 208.7 },
  ])(
    'at $perS a second, $durationMs ms, concurrency $concurrency are about $plain and $flexible',
    ({ perS, durationMs, concurrency, plain, flexible }) => {
      const traffic = {
        ratePerMs: perS / 1000,
        durationMs,
        concurrency,
        arrivals: 'random',
      } as const;
      expect(billedInstances(traffic, cloudRun) / plain - 1).toBeLessThan(0.08);
      expect(billedInstances(traffic, cloudRun) / plain - 1).toBeGreaterThan(-0.08);
      expect(billedInstances(traffic, flex) / flexible - 1).toBeLessThan(0.08);
      expect(billedInstances(traffic, flex) / flexible - 1).toBeGreaterThan(-0.08);
    },
  );

  const anyCell = fc.record({
    concurrency: fc.oneof(
      fc.constantFrom(1, 2, 5, 10, 80, 1000),
      fc.integer({ min: 1, max: 1000 }),
    ),
    inFlight: fc.double({ min: -9, max: 11, noNaN: true }).map((power) => 10 ** power),
    durationMs: fc.oneof(
      fc.constantFrom(1, 20, 99, 100, 101, 1000, 10_000, 86_400_000),
      fc.double({ min: 0.01, max: 100_000, noNaN: true }),
    ),
    minimumMs: fc.constantFrom(0, 1000),
  });

  test('are not below what is in flight, nor above requests that are billed one by one', () => {
    fc.assert(
      fc.property(anyCell, (cell) => {
        const { inFlight, concurrency, durationMs, minimumMs } = cell;
        const instances = modelOf(cell) * (1 + 1e-11);
        expect(instances).toBeGreaterThanOrEqual(-Math.expm1(-inFlight));
        expect(instances).toBeGreaterThanOrEqual(inFlight / concurrency);
        const shortestMs = Math.max(minimumMs, Math.ceil(Math.ceil(durationMs) / 100) * 100);
        const apart = (inFlight / durationMs) * shortestMs;
        expect(modelOf(cell)).toBeLessThanOrEqual(apart * (1 + 1e-11));
      }),
      { numRuns: 500 },
    );
  });

  test('do not fall as the rate grows', () => {
    const anyStep = fc.double({ min: -9, max: 0, noNaN: true }).map((power) => 1 + 10 ** power);
    fc.assert(
      fc.property(anyCell, anyStep, (cell, step) => {
        const more = { ...cell, inFlight: cell.inFlight * step };
        expect(modelOf(more)).toBeGreaterThanOrEqual(modelOf(cell));
      }),
      { numRuns: 3000 },
    );
  });

  test('are exact at concurrency 1 where the minimum is the duration', () => {
    for (const inFlight of [0.01, 1, 50, 300, 1000, 1e6]) {
      const cell = { concurrency: 1, inFlight, durationMs: 1000, minimumMs: 1000 };
      expect(modelOf(cell) / inFlight).toBeCloseTo(1, 11);
    }
  });

  // What the formula gives, to hold the ends of its sum; the simulation has 38.4 and 214.9.
  test.each([
    { inFlight: 36.1345, durationMs: 494.2815, instances: 37.4931 },
    { inFlight: 210.5594, durationMs: 745.1916, instances: 211.3943 },
  ])('are $instances of concurrency 1 at $inFlight in flight', ({ instances, ...cell }) => {
    expect(modelOf({ ...cell, concurrency: 1, minimumMs: 1000 })).toBeCloseTo(instances, 1);
  });

  test('are none without traffic', () => {
    expect(modelOf({ concurrency: 80, inFlight: 0, durationMs: 200, minimumMs: 0 })).toBe(0);
  });

  test('beyond full ones grow with the square root at last', () => {
    const cell = { concurrency: 2, durationMs: 250, minimumMs: 0 };
    const beyond = modelOf({ ...cell, inFlight: 20_000 }) - 10_000;
    expect((modelOf({ ...cell, inFlight: 80_000 }) - 40_000) / beyond).toBeCloseTo(2, 6);
  });

  test('do not fall by the last digits where one is always billed', () => {
    let before = 0;
    for (let inFlight = 20; inFlight < 45; inFlight *= 1.001) {
      const cell = { concurrency: 1000, inFlight, durationMs: 100, minimumMs: 0 };
      expect(modelOf(cell)).toBeGreaterThanOrEqual(before);
      before = modelOf(cell);
    }
  });

  // Where the sum ends and growth with the square root begins, and around instances that become always billed.
  test.each([
    { concurrency: 1, inFlight: 20_000 },
    { concurrency: 2, inFlight: 20_000 },
    { concurrency: 1000, inFlight: 200_000 },
    { concurrency: 10, inFlight: 64 },
    { concurrency: 1000, inFlight: 1290 },
  ])('do not fall around $inFlight in flight at concurrency $concurrency', (around) => {
    for (const minimumMs of [0, 1000]) {
      let before = 0;
      for (let index = -200; index <= 200; index += 1) {
        const inFlight = around.inFlight * (1 + index * 1e-5);
        const instances = modelOf({ ...around, inFlight, minimumMs, durationMs: 250 });
        expect(instances).toBeGreaterThanOrEqual(before);
        before = instances;
      }
    }
  });
});

describe('billed instances under even arrivals', () => {
  test.each([
    { perS: 40, durationMs: 250, concurrency: 1, billing: flex, instances: 10 },
    { perS: 40, durationMs: 250, concurrency: 10, billing: flex, instances: 1 },
    { perS: 40, durationMs: 250, concurrency: 1, billing: cloudRun, instances: 12 },
    { perS: 0.8, durationMs: 250, concurrency: 1, billing: flex, instances: 0.8 },
    { perS: 4, durationMs: 200, concurrency: 1, billing: flex, instances: 1 },
    // The fifth request comes after the minimum: 1,000 of 1,250 ms.
    { perS: 3.2, durationMs: 50, concurrency: 1, billing: flex, instances: 0.8 },
    { perS: 10, durationMs: 250, concurrency: 2, billing: cloudRun, instances: 2 },
    { perS: 10, durationMs: 350, concurrency: 2, billing: cloudRun, instances: 2 },
  ])('at $perS a second, $durationMs ms, concurrency $concurrency are $instances', (row) => {
    const { perS, billing, instances, ...served } = row;
    const traffic = { ...served, ratePerMs: perS / 1000, arrivals: 'even' } as const;
    expect(billedInstances(traffic, billing)).toBe(instances);
  });

  test('are those of the simulation', () => {
    const anyTraffic = fc.record({
      ratePerMs: fc.integer({ min: 1, max: 999 }).map((each) => each / 10_000),
      durationMs: fc.integer({ min: 1, max: 3000 }),
      concurrency: fc.constantFrom(1, 2, 3, 10, 80),
      arrivals: fc.constant<Arrivals>('even'),
    });
    fc.assert(
      fc.property(anyTraffic, fc.constantFrom(cloudRun, flex), (traffic, billing) => {
        const counted = simulateInstances(traffic, billing, { seed: 1, arrivals: 5000 });
        expect(billedInstances(traffic, billing) / counted).toBeCloseTo(1, 2);
      }),
      { numRuns: 200 },
    );
  });
});

describe('billed instance time of a month', () => {
  const month = { durationMs: 240, concurrency: 80, peakToAverage: 1 };
  const msOf = (change: object, billing = cloudRun) =>
    toDecimal(instanceMs({ ...month, requests: 1, arrivals: 'random', ...change }, billing));

  test.each([
    { change: { requests: 0 }, billing: cloudRun, ms: '0', why: 'no request' },
    { change: {}, billing: cloudRun, ms: '300', why: 'one request is rounded up' },
    { change: {}, billing: flex, ms: '1000', why: 'one request has the minimum' },
    {
      change: { requests: 2, durationMs: Number.MIN_VALUE },
      billing: cloudRun,
      ms: '199.999984779',
      why: 'two of no duration hardly ever meet',
    },
    {
      change: { durationMs: 86_400_000, peakToAverage: 730 },
      billing: flex,
      ms: '86400000',
      why: 'a request that is longer than the active time is billed whole',
    },
    {
      change: { requests: 1e12, concurrency: 1, peakToAverage: 3 },
      billing: cloudRun,
      ms: '300000000000000',
      why: 'each request by itself at concurrency 1',
    },
    {
      change: {
        requests: 144_000,
        durationMs: 250,
        concurrency: 1,
        arrivals: 'even',
        peakToAverage: 730,
      },
      billing: flex,
      ms: '36000000',
      why: 'ten instances for an hour',
    },
    {
      change: {
        requests: 144_000,
        durationMs: 250,
        concurrency: 10,
        arrivals: 'even',
        peakToAverage: 730,
      },
      billing: flex,
      ms: '3600000',
      why: 'one instance for an hour',
    },
    {
      change: { requests: 300, durationMs: 100, arrivals: 'even', hours: 720 },
      billing: cloudRun,
      ms: '30000',
      why: 'requests far apart',
    },
  ])('is $ms ms: $why', ({ change, billing, ms }) => {
    expect(msOf(change, billing)).toBe(ms);
  });

  test('has twelve digits under random arrivals', () => {
    expect(msOf({ requests: 3_000_000 })).toMatch(/^\d{9}\.\d{1,3}$/);
  });

  test('of a peak is what the peak rate costs, for a share of the month', () => {
    const peak = Number(msOf({ requests: 1_000_000, peakToAverage: 10 }));
    expect(peak).toBeCloseTo(Number(msOf({ requests: 10_000_000 })) / 10, 0);
  });

  test('does not fall with more requests', () => {
    const anyRequests = fc.integer({ min: 1, max: 1_000_000_000 });
    const anyConcurrency = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(anyRequests, anyConcurrency, fc.boolean(), (requests, concurrency, isFlex) => {
        const billing = isFlex ? flex : cloudRun;
        const fewer = Number(msOf({ requests, concurrency }, billing));
        expect(
          Number(msOf({ requests: requests + 1, concurrency }, billing)),
        ).toBeGreaterThanOrEqual(fewer);
      }),
    );
  });
});
