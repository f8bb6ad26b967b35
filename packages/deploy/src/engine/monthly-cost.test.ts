import { parseWorkload } from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import { describe, expect, test } from 'vitest';
import { monthlyCost } from './monthly-cost.ts';
import type { Target } from './target.ts';

const target: Target = {
  cloud: 'aws',
  name: 'tricloud',
  stage: 'dev',
  region: 'us-east-1',
  memoryMiB: 1024,
  vcpu: null,
  architecture: 'x86_64',
  timeoutSeconds: 29,
  concurrency: 1,
  maxInstances: null,
  environment: {},
  secrets: {},
  account: null,
  auth: 'none',
  invokers: [],
  throttle: null,
  buildAccount: null,
};

const input = {
  requestsPerMonth: 10_000_000,
  durationMs: 100,
  memoryMiB: 128,
  freeTier: false,
  responseKiB: 0,
  concurrencyPerInstance: 10,
};
const workload = parseWorkload(input, priceLists);

const total = (change: Partial<Target>) => {
  const cost = monthlyCost(workload, { ...target, ...change }, '2026-11-22');
  return cost.isKnown ? cost.estimate.bill.totalUsd : cost.reason;
};

describe('a month', () => {
  test('on AWS is that of the architecture and memory that are deployed, with its HTTP API', () => {
    // 1,000,000 GB-s at 0.0000166667, and 10 million requests at 0.20 and at 1.00 a million.
    expect(total({})).toBe('28.6667');
    expect(total({ architecture: 'arm64' })).toBe('25.3334');
  });

  test('on AWS is that of the memory that comes with the vCPU', () => {
    expect(total({ vcpu: 1 })).toBe(total({ memoryMiB: 1769 }));
  });

  test.each([
    ['google', 'us-central1'],
    ['azure', 'westeurope'],
  ] as const)('on %s has no gateway before the function', (cloud, region) => {
    const cost = monthlyCost(workload, { ...target, cloud, region, memoryMiB: 2048 }, '2026-11-22');
    expect(cost.isKnown && JSON.stringify(cost.estimate.bill)).not.toMatch(/gateway|false/i);
  });

  test('includes what is sent', () => {
    const sending = monthlyCost({ ...workload, responseKiB: 100 }, target, '2026-11-22');
    const sent = sending.isKnown ? Number(sending.estimate.bill.totalUsd) : 0;
    expect(sent).toBeGreaterThan(Number(total({})));
  });

  test('on Google shares an instance among no more requests than the target lets in', () => {
    const google = { cloud: 'google', region: 'us-central1', memoryMiB: 2048 } as const;
    const alone = Number(total({ ...google, concurrency: 1 }));
    const shared = Number(total({ ...google, concurrency: 5 }));
    expect(shared).toBeLessThan(alone);
    expect(Number(total({ ...google, concurrency: 80 }))).toBeLessThan(shared);
  });

  test.each([
    ['mars-north-1', 'of no cloud'],
    ['us-gov-east-1', 'of the table'],
  ])('in %s, a region %s without prices, says which have one', (region, _why) => {
    expect(total({ region })).toMatch(/^no price for this region; the nearest with one: [a-z]/);
  });
});
