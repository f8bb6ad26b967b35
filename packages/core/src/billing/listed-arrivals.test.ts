import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instanceTimeMs } from './listed-arrivals.ts';

const at = (atMs: number, durationMs: number) => ({ atMs, durationMs });

describe('the billed time of instances', () => {
  test.each([
    { why: 'nothing came', arrivals: [], concurrency: 80, ms: 0 },
    { why: 'a request is rounded up', arrivals: [at(0, 240)], concurrency: 80, ms: 300 },
    {
      why: 'what overlaps is billed once',
      arrivals: [at(0, 500), at(200, 500), at(400, 200)],
      concurrency: 80,
      ms: 700,
    },
    {
      why: 'what is apart is billed apart',
      arrivals: [at(0, 240), at(1000, 240)],
      concurrency: 80,
      ms: 600,
    },
    {
      why: 'at concurrency 1 each request is a period of its own',
      arrivals: [at(0, 250), at(250, 250)],
      concurrency: 1,
      ms: 600,
    },
    {
      why: 'one follows the other without a gap',
      arrivals: [at(0, 250), at(250, 250)],
      concurrency: 2,
      ms: 500,
    },
    {
      why: 'the next comes in time that the rounding has billed',
      arrivals: [at(0, 210), at(290, 20)],
      concurrency: 2,
      ms: 400,
    },
    {
      why: 'the next comes when the billed time ends',
      arrivals: [at(0, 210), at(300, 20)],
      concurrency: 2,
      ms: 400,
    },
    {
      why: 'the busiest instance takes the next request, and the other one ends',
      arrivals: [at(0, 100), at(0, 100), at(0, 1000), at(10, 3000), at(10, 3000), at(200, 2500)],
      concurrency: 3,
      ms: 4000,
    },
    {
      why: 'requests end before others arrive at the same time',
      arrivals: [at(0, 150), at(0, 150), at(150, 150), at(150, 150)],
      concurrency: 2,
      ms: 300,
    },
    {
      why: 'each has an instance of its own',
      arrivals: [at(0, 500), at(200, 500), at(400, 200)],
      concurrency: 1,
      ms: 1200,
    },
    {
      why: 'two fit into an instance, the third does not',
      arrivals: [at(0, 500), at(100, 500), at(200, 500)],
      concurrency: 2,
      ms: 1100,
    },
    {
      why: 'the order in which they are told does not matter',
      arrivals: [at(400, 200), at(0, 500), at(200, 500)],
      concurrency: 80,
      ms: 700,
    },
  ])('is $ms ms at concurrency $concurrency: $why', ({ arrivals, concurrency, ms }) => {
    expect(instanceTimeMs(arrivals, { concurrency, stepMs: 100, minimumMs: 0 })).toBe(ms);
  });

  const anyArrivals = fc.array(
    fc.record({ atMs: fc.nat(5000), durationMs: fc.integer({ min: 1, max: 2000 }) }),
    { minLength: 1, maxLength: 30 },
  );

  test('is the union of the requests where one instance takes them all, and never more than their sum', () => {
    fc.assert(
      fc.property(anyArrivals, fc.integer({ min: 1, max: 40 }), (arrivals, concurrency) => {
        const busy = new Set(
          arrivals.flatMap(({ atMs, durationMs }) =>
            Array.from({ length: durationMs }, (_, ms) => atMs + ms),
          ),
        );
        expect(instanceTimeMs(arrivals, { concurrency: 30, stepMs: 1, minimumMs: 0 })).toBe(
          busy.size,
        );
        const shared = instanceTimeMs(arrivals, { concurrency, stepMs: 100, minimumMs: 0 });
        const apart = arrivals.reduce(
          (sum, each) => sum + Math.ceil(each.durationMs / 100) * 100,
          0,
        );
        expect(shared).toBeLessThanOrEqual(apart);
        expect(shared).toBeGreaterThanOrEqual(busy.size);
      }),
      { numRuns: 50 },
    );
  });
});
