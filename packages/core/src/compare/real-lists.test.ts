import { describe, expect, test } from 'vitest';
import { fromUsd } from '../money/picodollars.ts';
import { priceLists } from '../price-lists.ts';
import { compare } from './compare.ts';
import type { Comparison } from './comparison.ts';
import { parseWorkload } from './workload.ts';

const least = { requestsPerMonth: 2_000_000, durationMs: 100, memoryMiB: 512 };

function comparisonOf(input: object): Comparison {
  const workload = parseWorkload({ ...least, ...input }, priceLists);
  return compare(workload, { asOf: '2026-11-30', prices: priceLists });
}

function serverOf({ servers }: Comparison, id: string) {
  const server = servers.find((each) => each.id === id);
  if (server === undefined) throw new Error(`there is no ${id}`);
  return server;
}

/** A comparison of so many requests in flight at any time. */
function evenly(inFlight: number): Comparison {
  return comparisonOf({
    requestsPerMonth: 2_628_000 * inFlight,
    durationMs: 1000,
    memoryMiB: 2048,
    arrivals: 'even',
  });
}

describe('a function app has so many instances and no more', () => {
  // 2,628,000 requests of 1,000 ms are one in flight, evenly spaced.
  test.each([
    { id: 'azure-functions-premium-EP1', most: 100 },
    { id: 'azure-functions-flex-always-ready', most: 1000 },
  ])('$id: $most', ({ id, most }) => {
    const enough = evenly(most);
    expect(enough.plans.find((plan) => plan.id === id)?.instances?.count).toBe(most);
    expect(enough.unavailable.some((each) => each.id === id)).toBe(false);
    const tooMany = evenly(most + 1);
    expect(tooMany.order).not.toContain(id);
    expect(tooMany.plans.some((plan) => plan.id === id)).toBe(false);
    const [needed, limit] = [most + 1, most].map((each) => each.toLocaleString('en'));
    const [can, toiDa] = [most + 1, most].map((each) => each.toLocaleString('vi'));
    expect(tooMany.unavailable.find((each) => each.id === id)?.reason).toEqual({
      en: `${needed} instances are needed; a function app has at most ${limit}`,
      vi: `Cần ${can} instance; một function app có nhiều nhất ${toiDa}`,
    });
  });

  test('Lambda and Cloud Run are limited by quotas that can be raised', () => {
    const { plans } = comparisonOf({ requestsPerMonth: 1_000_000_000_000, durationMs: 1000 });
    const ids = plans.map(({ id }) => id);
    expect(ids).toContain('aws-lambda-provisioned-concurrency');
    expect(ids).toContain('google-cloud-run-instance-based');
  });
});

describe('committed to for a year', () => {
  const regions = { aws: 'us-east-1', google: 'us-central1', azure: 'eastus' };

  test.each([
    { id: 'aws-ec2-t3.small', hourly: 0.013 },
    { id: 'google-gce-e2-small', hourly: 0.0105542965 },
  ])('$id costs $hourly USD an hour, less than on demand', ({ id, hourly }) => {
    const asked = { commitment: '1y', everyServer: true, region: regions };
    const comparison = comparisonOf(asked);
    const committed = serverOf(comparison, `${id}-1y`);
    const onDemand = serverOf(comparison, id);
    expect([committed.commitment, onDemand.commitment]).toEqual(['1y', null]);
    expect(Number(committed.bill.totalUsd)).toBeCloseTo(730 * hourly, 9);
    expect(fromUsd(committed.bill.totalUsd)).toBeLessThan(fromUsd(onDemand.bill.totalUsd));
    const { order, sizes, breakEven } = comparison;
    expect(order.indexOf(`${id}-1y`)).toBeGreaterThanOrEqual(0);
    expect(order.indexOf(`${id}-1y`)).toBeLessThan(order.indexOf(id));
    expect(sizes.find((size) => size.id === `${id}-1y`)?.totalUsd).toBe(committed.bill.totalUsd);
    expect(breakEven.some(({ server }) => server === `${id}-1y`)).toBe(true);
    const without = comparisonOf({ ...asked, commitment: 'none' });
    expect(without.servers.filter(({ commitment }) => commitment !== null)).toEqual([]);
  });
});

describe('a load balancer before two servers', () => {
  // 730 hours, and 2,000,000 connections of which a unit has 90,000 an hour; Google bills the data.
  const units = 2_000_000 / 90_000;
  const gib = (2_000_000 * 2) / 1_048_576;

  test.each([
    { id: 'aws-ec2-t3.small', month: 730 * 0.0225, used: units * 0.008, meter: 'load balancer' },
    { id: 'google-gce-e2-small', month: 730 * 0.025, used: gib * 0.008, meter: 'load balancer' },
    {
      id: 'azure-vm-B2als_v2',
      month: 730 * 0.0252,
      used: units * 0.008,
      meter: 'application gateway',
    },
  ])('$id', ({ id, month, used, meter }) => {
    const region = { aws: 'us-east-1', google: 'us-central1', azure: 'southeastasia' };
    const two = { redundancy: 2, region };
    const balanced = serverOf(comparisonOf({ ...two, frontDoor: true }), id);
    const lines = balanced.bill.lines.filter((line) => line.meter.includes(meter));
    expect(lines).toHaveLength(2);
    const amounts = lines.map(({ amountUsd }) => Number(amountUsd));
    expect(amounts[0]).toBeCloseTo(month, 9);
    expect(amounts[1]).toBeCloseTo(used, 9);
    expect([balanced.isComplete, balanced.instances?.count]).toEqual([true, 2]);
    const plain = serverOf(comparisonOf(two), id);
    const added = Number(balanced.bill.totalUsd) - Number(plain.bill.totalUsd);
    expect(added).toBeCloseTo(month + used, 9);
    const one = serverOf(comparisonOf({ region, frontDoor: true }), id);
    expect(Number(one.bill.totalUsd)).toBeCloseTo(Number(plain.bill.totalUsd) / 2, 9);
  });
});
