import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromUsd } from '../money/picodollars.ts';
import { priceLists, withOwnPrices } from '../price-lists.ts';
import type { PriceLists } from '../pricing/price-lists.ts';
import { isAvailable, type Candidate } from './candidate.ts';
import { costPieces, middleOf, toCostCurve } from './cost-curve.ts';
import { totalAt } from './cost.ts';
import { crossingsOf } from './crossings.ts';
import { planCandidates } from './plan-candidates.ts';
import { serverCandidates } from './servers.ts';
import { anyWorkload } from './testing/any-workload.ts';
import { mostRequests, parseWorkload, type Workload } from './workload.ts';

// The same examples in every run: a search that is hard by chance would take minutes.
fc.configureGlobal({ seed: 20_261_130 });

function candidatesOf(workload: Workload, prices: PriceLists = priceLists) {
  return {
    plans: planCandidates(workload, prices).filter(isAvailable),
    servers: serverCandidates(workload, prices).filter(isAvailable),
  };
}

/** One of each, as two numbers from 0 to below 1 choose. */
function pairOf({ plans, servers }: ReturnType<typeof candidatesOf>, at: readonly number[]) {
  const [first = 0, second = 0] = at;
  const plan = plans[Math.floor(first * plans.length)];
  const server = servers[Math.floor(second * servers.length)];
  return plan === undefined || server === undefined ? undefined : { plan, server };
}

const anyChoice = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), {
  minLength: 2,
  maxLength: 2,
});

function isPlanAbove(plan: Candidate, server: Candidate, requests: number): boolean {
  return totalAt(plan.cost, requests) > totalAt(server.cost, requests);
}

function crossingsOfPair(plan: Candidate, server: Candidate) {
  return crossingsOf(toCostCurve(plan.cost), toCostCurve(server.cost), { left: 60_000 });
}

/** Which of them is above at a number of requests, as the crossings say. */
function stateAt(crossings: ReturnType<typeof crossingsOf>['crossings'], requests: number) {
  const before = crossings.findLast(({ requestsPerMonth }) => requestsPerMonth <= requests);
  return before?.moreExpensive === 'plan';
}

describe('crossings of real costs', () => {
  test('are those of a scan of every number of requests in a small range', () => {
    // Requests that take minutes, or cost cents, cross early.
    const expensive = withOwnPrices({
      'aws-lambda/requests': '0.01',
      'google-cloud-run/requests': '0.02',
      'azure-functions-flex/executions': '0.015',
    });
    fc.assert(
      fc.property(
        anyWorkload,
        anyChoice,
        fc.constantFrom(20, 1000, 60_000, 500_000),
        fc.boolean(),
        (any, at, durationMs, isExpensive) => {
          const workload = { ...any, durationMs, responseKiB: 10, vcpu: null, memoryMiB: 1024 };
          const pair = pairOf(candidatesOf(workload, isExpensive ? expensive : priceLists), at);
          // Of a cost that falls, crossings close together are passed over.
          if (pair === undefined || toCostCurve(pair.plan.cost).isSawtooth) return;
          const { crossings, isComplete } = crossingsOfPair(pair.plan, pair.server);
          const limit = 3000;
          const inRange = crossings.filter(({ requestsPerMonth }) => requestsPerMonth <= limit);
          const scanned: typeof inRange = [];
          let was = false;
          for (let requests = 0; requests <= limit; requests += 1) {
            const is = isPlanAbove(pair.plan, pair.server, requests);
            if (is !== was) {
              scanned.push({ requestsPerMonth: requests, moreExpensive: is ? 'plan' : 'server' });
            }
            was = is;
          }
          const isKnown = isComplete || (crossings.at(-1)?.requestsPerMonth ?? 0) > limit;
          expect(inRange).toEqual(isKnown ? scanned : scanned.slice(0, inRange.length));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('hold at every number of requests that is tried, and change where they say', () => {
    let complete = 0;
    fc.assert(
      fc.property(anyWorkload, anyChoice, (workload, at) => {
        const pair = pairOf(candidatesOf(workload), at);
        if (pair === undefined) return;
        const { plan, server } = pair;
        const { crossings, isComplete } = crossingsOfPair(plan, server);
        if (isComplete) complete += 1;
        const points = crossings.map(({ requestsPerMonth }) => requestsPerMonth);
        expect(points).toEqual(points.toSorted((a, b) => a - b));
        expect(new Set(points).size).toBe(points.length);
        for (const [index, { requestsPerMonth, moreExpensive }] of crossings.entries()) {
          expect(moreExpensive).toBe(index % 2 === 0 ? 'plan' : 'server');
          if (index > 20) continue;
          expect(isPlanAbove(plan, server, requestsPerMonth)).toBe(moreExpensive === 'plan');
          if (requestsPerMonth === 0) continue;
          expect(isPlanAbove(plan, server, requestsPerMonth - 1)).toBe(moreExpensive !== 'plan');
        }
        // Of a cost that falls, crossings close together are passed over.
        if (toCostCurve(plan.cost).isSawtooth) return;
        const end = isComplete ? mostRequests : (points.at(-1) ?? 0);
        for (let step = 0; step <= 200; step += 1) {
          const requests = Math.min(end, Math.floor(1.15 ** step));
          const is = isPlanAbove(plan, server, requests);
          expect([requests, stateAt(crossings, requests)]).toEqual([requests, is]);
        }
      }),
      { numRuns: 60 },
    );
    expect(complete).toBeGreaterThan(20);
  });
});

describe('crossings with a cost that falls', () => {
  // Flex bills a second at least. Of a request a second each instance is billed all the time; of more than that every
  // second request comes within the second of the one before it, and an instance is billed 55 % of the time.
  const evenly = { requestsPerMonth: 0, arrivals: 'even', freeTier: false, memoryMiB: 512 };

  test('Flex costs more before a request a second than after it', () => {
    const { plans } = candidatesOf(parseWorkload({ ...evenly, durationMs: 100 }, priceLists));
    const { cost } = flexOf(plans);
    const [before, after] = [2_628_000, 2_630_000].map(
      (each) => Number(totalAt(cost, each)) / 1e12,
    );
    // Half a GB for 2,628,000 seconds, and 0.4 USD for a million requests.
    expect(before).toBeCloseTo(0.5 * 2_628_000 * 0.000026 + 2.628 * 0.4, 6);
    expect(after).toBeCloseTo(0.5 * 2_628_000 * 0.55 * 0.000026 + 2.63 * 0.4, 1);
  });

  test.each([
    { durationMs: 100, peakToAverage: 1 },
    { durationMs: 250, peakToAverage: 10 },
    { durationMs: 950, peakToAverage: 1 },
    { durationMs: 1234.5, peakToAverage: 3 },
  ])(
    'are found but within a 64th of the requests: $durationMs ms, peak $peakToAverage',
    (shape) => {
      const { plans, servers } = candidatesOf(parseWorkload({ ...evenly, ...shape }, priceLists));
      const flex = flexOf(plans);
      for (const server of servers.filter(({ id }) => crossed.has(id))) {
        const { crossings, isComplete } = crossingsOfPair(flex, server);
        const end = isComplete ? 1e8 : (crossings.at(-1)?.requestsPerMonth ?? 0);
        // A tooth that is narrower may be passed over: with the step of the scan that is less than a 32nd.
        const wide: unknown[] = [];
        let right = 0;
        for (let requests = 1000; requests <= end; requests += Math.ceil(requests / 200)) {
          if (isPlanAbove(flex, server, requests) === stateAt(crossings, requests))
            right = requests;
          else if (requests - right > right / 32) wide.push({ requests, right });
        }
        expect({ server: server.id, wide }).toEqual({ server: server.id, wide: [] });
        const wrong = crossings.slice(0, 40).filter(({ requestsPerMonth, moreExpensive }) => {
          const isAbove = moreExpensive === 'plan';
          if (isPlanAbove(flex, server, requestsPerMonth) !== isAbove) return true;
          return isPlanAbove(flex, server, requestsPerMonth - 1) === isAbove;
        });
        expect({ server: server.id, wrong }).toEqual({ server: server.id, wrong: [] });
      }
    },
  );
});

const crossed: ReadonlySet<string> = new Set([
  'aws-ec2-t3.small',
  'aws-ec2-m5.large',
  'google-gce-e2-small',
  'azure-vm-B2als_v2',
]);

function flexOf(plans: readonly Candidate[]): Candidate {
  const flex = plans.find(({ id }) => id === 'azure-functions-flex');
  if (flex === undefined) throw new Error('there is no azure-functions-flex');
  return flex;
}

describe('costs', () => {
  test('never fall as requests rise but under even traffic, and are approximated as closely as is said', () => {
    fc.assert(
      fc.property(anyWorkload, fc.integer({ min: 0, max: 1e9 }), (workload, from) => {
        const { plans, servers } = candidatesOf(workload);
        for (const { id, cost } of [...plans, ...servers.slice(0, 20)]) {
          const curve = toCostCurve(cost);
          const tried = [0, 1, 2, 999, from, from + 1, 2 * from, 1e12]
            .toSorted((a, b) => a - b)
            .map((requests) => {
              const total = curve.exactAt(requests);
              const off = Math.abs(curve.at(requests).total - Number(total));
              return { id, requests, total, off };
            });
          const falls = curve.isSawtooth
            ? []
            : tried.filter(({ total }, index) => total < (tried[index - 1]?.total ?? 0n));
          const inexact = tried.filter(({ total, off }) => off > Number(total) * 1e-11 + 16);
          expect([falls, inexact]).toEqual([[], []]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

function piecesOf(all: readonly Candidate[], id: string) {
  const cost = all.find((each) => each.id === id)?.cost ?? { charges: [], freeTier: true };
  return costPieces(toCostCurve(cost), { from: 0, to: 5_400_000 });
}

describe('costPieces', () => {
  test('cover a range without a gap, and are straight where they are not curved', () => {
    fc.assert(
      fc.property(
        anyWorkload,
        anyChoice,
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 10_000_000 }),
        (workload, at, from, length) => {
          const { plans, servers } = candidatesOf(workload);
          const all = [...plans, ...servers];
          const { cost } = all[Math.floor((at[0] ?? 0) * all.length)] ?? {};
          if (cost === undefined) return;
          const curve = toCostCurve(cost);
          const to = from + length;
          const pieces = costPieces(curve, { from, to });
          expect([pieces[0]?.from, pieces.at(-1)?.to]).toEqual([from, to]);
          expect(pieces.length).toBeLessThanOrEqual(256);
          pieces.slice(1).forEach((piece, index) => {
            expect(piece.from).toBe((pieces[index]?.to ?? 0) + 1);
          });
          const whole = pieces.length === 256 ? pieces.slice(0, -1) : pieces;
          for (const piece of whole.slice(0, 40)) {
            expect(fromUsd(piece.fromUsd)).toBe(curve.exactAt(piece.from));
            expect(fromUsd(piece.toUsd)).toBe(curve.exactAt(piece.to));
            if (piece.isCurved || piece.to - piece.from < 2) continue;
            for (const share of [0.1, 0.5, 0.77]) {
              const requests = Math.floor(piece.from + (piece.to - piece.from) * share);
              const [low, high] = [curve.exactAt(piece.from), curve.exactAt(piece.to)];
              const [part, all_] = [BigInt(requests - piece.from), BigInt(piece.to - piece.from)];
              const off = (curve.exactAt(requests) - low) * all_ - (high - low) * part;
              // A picodollar for each of at most twelve tiers.
              expect((off < 0n ? -off : off) <= 12n * all_).toBe(true);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('show where a free tier and a server end', () => {
    const shop = { requestsPerMonth: 0, durationMs: 1000, memoryMiB: 1024 };
    const { plans, servers } = candidatesOf(parseWorkload(shop, priceLists));
    // 400,000 GB-s and then 1,000,000 requests are free.
    expect(piecesOf(plans, 'aws-lambda').map(({ from, fromUsd: usd }) => [from, usd])).toEqual([
      [0, '0'],
      [400_001, '0.0000166667'],
      [1_000_001, '10.0000368667'],
    ]);
    // Two requests in flight are 5,256,000 a month.
    const steps = piecesOf(servers, 'aws-ec2-m5.large').map(({ from, fromUsd: usd }) => [
      from,
      usd,
    ]);
    expect(steps).toEqual([
      [0, '70.08'],
      [5_256_001, '140.16'],
    ]);
    const only = costPieces(toCostCurve({ charges: [], freeTier: true }), { from: 5, to: 5 });
    expect(only).toEqual([{ from: 5, to: 5, fromUsd: '0', toUsd: '0', isCurved: false }]);
    expect(costPieces(toCostCurve({ charges: [], freeTier: true }), { from: 6, to: 5 })).toEqual(
      [],
    );
  });

  test('are at most as many as asked for, and the last one reaches to the end', () => {
    const shop = { requestsPerMonth: 0, durationMs: 1000, memoryMiB: 1024 };
    const { servers } = candidatesOf(parseWorkload(shop, priceLists));
    const { cost } = servers.find(({ id }) => id === 'aws-ec2-m5.large') ?? {};
    const curve = toCostCurve(cost ?? { charges: [], freeTier: true });
    const pieces = costPieces(curve, { from: 0, to: 1_000_000_000, most: 3 });
    expect(pieces.map(({ from, to }) => [from, to])).toEqual([
      [0, 5_256_000],
      [5_256_001, 10_512_000],
      [10_512_001, 1_000_000_000],
    ]);
  });

  test('the middle of two numbers lies between them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.integer({ min: 2, max: 1e12 }),
        (low, by) => {
          const middle = middleOf(low, low + by);
          expect(middle > low && middle < low + by && Number.isInteger(middle)).toBe(true);
        },
      ),
    );
  });
});
