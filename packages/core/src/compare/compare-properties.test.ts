import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { functionPlanIds } from '../catalog/function-limits.ts';
import { serverSizes } from '../catalog/servers.ts';
import { fromUsd, toUsd, type Picodollars } from '../money/picodollars.ts';
import { priceLists } from '../price-lists.ts';
import { isAvailable } from './candidate.ts';
import { compare } from './compare.ts';
import { ComparisonSchema, type Comparison, type Estimate } from './comparison.ts';
import { totalAt } from './cost.ts';
import { planCandidates } from './plan-candidates.ts';
import { serverCandidates } from './servers.ts';
import { anyWorkload, knownWorkload } from './testing/any-workload.ts';
import { isLess, over, times, type Fraction } from './testing/fraction.ts';
import { exactPlanTotals, isCountable } from './testing/oracle.ts';
import { serverMonths } from './testing/server-oracle.ts';
import type { Workload } from './workload.ts';

// The same examples in every run: a search that is hard by chance would take minutes.
fc.configureGlobal({ seed: 20_261_130 });

function comparisonOf(workload: Workload): Comparison {
  return compare(workload, { asOf: '2026-11-30', prices: priceLists });
}

/** Of every plan and every size of server, whether it is ranked or not. */
function everyTotal(workload: Workload): Record<string, Picodollars> {
  const { requestsPerMonth } = workload;
  const found = [
    ...planCandidates(workload, priceLists),
    ...serverCandidates(workload, priceLists),
  ].filter(isAvailable);
  return Object.fromEntries(found.map(({ id, cost }) => [id, totalAt(cost, requestsPerMonth)]));
}

/** A test that compares with nothing is no test. */
function present<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`there is no ${what}`);
  return value;
}

/** That a printed total is the exact one, to half a picodollar for each of so many tiers. */
function expectExact(id: string, total: Picodollars, exact: Fraction, halves: bigint): void {
  const difference = total * exact.bottom - exact.top;
  const magnitude = difference < 0n ? -difference : difference;
  if (2n * magnitude <= halves * exact.bottom) return;
  expect([id, toUsd(total)]).toEqual([id, toUsd(exact.top / exact.bottom)]);
}

/** Among servers of the same provider and commitment the cheapest is ranked. */
function termOf({ provider, commitment }: Estimate): string {
  return `${provider} ${commitment}`;
}

/** The most that instance time of 12 digits makes of an exact total. */
function withRounding(total: Picodollars): Picodollars {
  return (total * 100_000_000_001n) / 100_000_000_000n + 8n;
}

describe('for any workload', () => {
  test('the comparison fits its schema and covers every plan and server once', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const comparison = comparisonOf(workload);
        expect(v.parse(ComparisonSchema, comparison)).toEqual(comparison);
        expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
        const { plans, sizes, order, unavailable } = comparison;
        const ranked = [...order, ...unavailable.map(({ id }) => id)];
        expect(new Set(ranked).size).toBe(ranked.length);
        const legacy = plans.filter((plan) => plan.legacy !== null).map(({ id }) => id);
        const told = [...new Set([...ranked, ...legacy, ...sizes.map(({ id }) => id)])];
        const onDemand = told.filter((id) => !id.endsWith('-1y'));
        const known = serverSizes.map(({ provider, size }) => `${serviceOf[provider]}-${size}`);
        expect(onDemand.toSorted()).toEqual([...functionPlanIds, ...known].toSorted());
        const onDemandSizes = sizes.map(({ id }) => id).filter((id) => !id.endsWith('-1y'));
        expect(onDemandSizes).toEqual(known);
      }),
      { numRuns: 10 },
    );
  });

  test('what is ranked is what is estimated, but what will end only where it is asked for', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const { plans, servers: estimates, order, breakEven } = comparisonOf(workload);
        const isRanked = (each: { legacy: unknown }) =>
          each.legacy === null || workload.includeLegacy;
        const ranked = [...plans, ...estimates].filter(isRanked);
        expect(order.toSorted()).toEqual(ranked.map(({ id }) => id).toSorted());
        expect(breakEven.map(({ plan, server }) => ({ plan, server }))).toEqual(
          plans
            .filter(isRanked)
            .flatMap((plan) => estimates.map((server) => ({ plan: plan.id, server: server.id }))),
        );
        for (const { legacy } of estimates)
          expect(legacy === null || workload.includeLegacy).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  test('every bill is exactly the sum of its lines, and every line of its tiers', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const { plans, servers: estimates } = comparisonOf(workload);
        for (const { bill } of [...plans, ...estimates]) {
          const lines = bill.lines.reduce((sum, line) => sum + fromUsd(line.amountUsd), 0n);
          expect(lines).toBe(fromUsd(bill.totalUsd));
          for (const line of bill.lines) {
            if (!('tiers' in line)) continue;
            const tiers = line.tiers.reduce((sum, tier) => sum + fromUsd(tier.amountUsd), 0n);
            expect(tiers).toBe(fromUsd(line.amountUsd));
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  test('estimates and sizes show the totals of their candidates', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const { plans, sizes, servers: estimates } = comparisonOf(workload);
        const totals = everyTotal(workload);
        const printed = [
          ...plans.map(({ id, bill }) => [id, fromUsd(bill.totalUsd)]),
          ...sizes.flatMap(({ id, totalUsd }) =>
            totalUsd === null ? [] : [[id, fromUsd(totalUsd)]],
          ),
        ];
        expect(Object.fromEntries(printed)).toEqual(totals);
        for (const { id, bill, instances } of estimates) {
          const size = sizes.find((each) => each.id === id);
          expect([bill.totalUsd, instances]).toEqual([size?.totalUsd, size?.instances]);
        }
      }),
      { numRuns: 10 },
    );
  });

  test('every total of a plan is what exact arithmetic says, to the rounding of its tiers', () => {
    fc.assert(
      fc.property(knownWorkload, (workload) => {
        fc.pre(isCountable(workload));
        const { requestsPerMonth } = workload;
        const found = planCandidates(workload, priceLists).filter(isAvailable);
        const exact = exactPlanTotals(workload, requestsPerMonth);
        expect(found.map(({ id }) => id).toSorted()).toEqual(Object.keys(exact).toSorted());
        for (const { id, cost } of found) {
          expectExact(id, totalAt(cost, requestsPerMonth), present(exact[id], id), 6n);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('every size of server costs what exact arithmetic says, and no other number of them less', () => {
    fc.assert(
      fc.property(knownWorkload, (workload) => {
        const { requestsPerMonth, durationMs, peakToAverage } = workload;
        // Beyond that a number of servers in floating point is one off, and so is a sum of a trillion dollars.
        fc.pre((requestsPerMonth * durationMs * peakToAverage) / 2_628_000_000 < 1e9);
        const exact = serverMonths(workload);
        for (const found of serverCandidates(workload, priceLists)) {
          const month = exact.get(found.id);
          expect([found.id, isAvailable(found)]).toEqual([found.id, month !== undefined]);
          if (!isAvailable(found) || month === undefined) continue;
          const count = found.instances?.count.approximate(requestsPerMonth) ?? 0;
          expect(BigInt(count)).toBeGreaterThanOrEqual(month.fewest);
          const total = totalAt(found.cost, requestsPerMonth);
          expectExact(found.id, total, month.billOf(BigInt(count)), 8n);
          // Which number is the cheapest is decided in floating point.
          const least = times(month.cheapest().total, over(999_999_999_999n, 10n ** 12n));
          expect([found.id, isLess(over(total + 8n), least)]).toEqual([found.id, false]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('the order is cheapest first, and alike by id', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const comparison = comparisonOf(workload);
        const totals = everyTotal(workload);
        comparison.order.slice(1).forEach((id, index) => {
          const before = comparison.order[index] ?? '';
          const [one, next] = [present(totals[before], before), present(totals[id], id)];
          expect(one < next || (one === next && before < id)).toBe(true);
        });
      }),
      { numRuns: 10 },
    );
  });

  test('beside the usual sizes, the cheapest server of each provider and commitment is ranked', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const { servers: chosen } = comparisonOf({ ...workload, everyServer: false });
        const { servers: all } = comparisonOf({ ...workload, everyServer: true });
        const ids = chosen.map(({ id }) => id);
        const groups = new Set(all.map(termOf));
        for (const key of groups) {
          const group = all.filter((each) => termOf(each) === key);
          const least = group.reduce((best, each) =>
            fromUsd(each.bill.totalUsd) < fromUsd(best.bill.totalUsd) ? each : best,
          );
          const total = least.bill.totalUsd;
          const alike = group.filter(({ bill }) => bill.totalUsd === total).map(({ id }) => id);
          expect(ids).toContain(alike.toSorted()[0]);
        }
        const others = chosen.filter(({ id }) => !usual.includes(id));
        expect(others.length).toBeLessThanOrEqual(groups.size);
        for (const id of usual) {
          expect(ids.includes(id)).toBe(all.some((each) => each.id === id));
        }
      }),
      { numRuns: 10 },
    );
  });

  test.each([
    // Of even traffic a minimum bills less where it begins to span two requests.
    { field: 'requestsPerMonth', shared: { arrivals: 'random' } },
    { field: 'durationMs', shared: {} },
    // On Cloud Run more memory brings a whole vCPU, and with it the right to share an instance; and four vCPUs are not
    // sold with little memory.
    { field: 'memoryMiB', shared: { concurrencyPerInstance: 1, vcpu: null } },
    { field: 'responseKiB', shared: { egress: true, frontDoor: true } },
    { field: 'coldStarts', shared: {} },
    { field: 'initMs', shared: {} },
    { field: 'redundancy', shared: {} },
  ] as const)('more $field never costs less', ({ field, shared }) => {
    fc.assert(
      fc.property(anyWorkload, anyWorkload, (one, other) => {
        const [small, large] = one[field] <= other[field] ? [one, other] : [other, one];
        const less = everyTotal({ ...small, ...shared });
        const more = everyTotal({ ...small, ...shared, [field]: large[field] });
        // What serves the larger workload serves the smaller one too.
        const cheaper = Object.entries(more)
          .map(([id, total]) => ({ id, total, before: present(less[id], id) }))
          .filter(({ total, before }) => total < before);
        expect(cheaper).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('sharing instances never costs more', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        // Below a vCPU Cloud Run shares no instance, and raises what is asked for: that may cost more.
        const whole = { ...workload, vcpu: 1, cpuPerRequest: 0.001 };
        const alone = everyTotal({ ...whole, concurrencyPerInstance: 1 });
        const moreExpensive = Object.entries(everyTotal(whole))
          // Alone, more instances may be needed than an app may have.
          .filter(([id]) => alone[id] !== undefined)
          .map(([id, total]) => ({ id, total, most: withRounding(present(alone[id], id)) }))
          .filter(({ total, most }) => total > most);
        expect(moreExpensive).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  test('going without the free tier is never cheaper', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const allowed = everyTotal({ ...workload, freeTier: true });
        for (const [id, total] of Object.entries(everyTotal({ ...workload, freeTier: false }))) {
          expect(total).toBeGreaterThanOrEqual(present(allowed[id], id));
        }
      }),
      { numRuns: 10 },
    );
  });
});

const serviceOf = { aws: 'aws-ec2', google: 'google-gce', azure: 'azure-vm' } as const;
const usual: readonly string[] = [
  'aws-ec2-t3.small',
  'aws-ec2-t3.large',
  'google-gce-e2-small',
  'google-gce-e2-standard-2',
  'azure-vm-B2als_v2',
  'azure-vm-B2as_v2',
];
