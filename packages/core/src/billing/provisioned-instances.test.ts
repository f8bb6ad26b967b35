import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erlangB, provisionedInstances } from './provisioned-instances.ts';

describe('provisioned instances', () => {
  test('are counted by Erlang B', () => {
    expect(erlangB(1, 0.55)).toBeCloseTo(0.354_839, 6);
    expect(erlangB(10, 5)).toBeCloseTo(0.018_385, 6);
  });

  test.each([
    { inFlight: 0, concurrency: 1, arrivals: 'random', instances: 1 },
    { inFlight: 0.01, concurrency: 1, arrivals: 'random', instances: 1 },
    { inFlight: 0.0102, concurrency: 1, arrivals: 'random', instances: 2 },
    { inFlight: 10, concurrency: 1, arrivals: 'random', instances: 18 },
    { inFlight: 10, concurrency: 18, arrivals: 'random', instances: 1 },
    { inFlight: 10, concurrency: 17, arrivals: 'random', instances: 2 },
    { inFlight: 1e11, concurrency: 1, arrivals: 'random', instances: 99_000_000_099 },
    { inFlight: 10, concurrency: 1, arrivals: 'even', instances: 10 },
    { inFlight: 0.1 * 3 * 10, concurrency: 1, arrivals: 'even', instances: 3 },
    { inFlight: 10.1, concurrency: 11, arrivals: 'even', instances: 1 },
    { inFlight: 10.1, concurrency: 10, arrivals: 'even', instances: 2 },
    { inFlight: 0, concurrency: 10, arrivals: 'even', instances: 1 },
  ] as const)('are $instances for $inFlight in flight, $arrivals, at $concurrency', (row) => {
    expect(provisionedInstances(row)).toBe(row.instances);
  });

  test('are the fewest that keep the share below 1 %, and not fewer for more in flight', () => {
    const anyInFlight = fc.double({ min: -3, max: 6, noNaN: true }).map((power) => 10 ** power);
    const anyConcurrency = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(anyInFlight, anyConcurrency, (inFlight, concurrency) => {
        const traffic = { inFlight, concurrency, arrivals: 'random' } as const;
        const instances = provisionedInstances(traffic);
        expect(erlangB(instances * concurrency, inFlight)).toBeLessThan(0.01);
        const fewer = instances > 1 ? erlangB((instances - 1) * concurrency, inFlight) : 1;
        expect(fewer).toBeGreaterThanOrEqual(0.01);
        const more = provisionedInstances({ ...traffic, inFlight: inFlight * 1.001 });
        expect(more).toBeGreaterThanOrEqual(instances);
      }),
    );
  });
});
