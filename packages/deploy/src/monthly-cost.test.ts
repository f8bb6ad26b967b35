import { parseWorkload } from '@tricloud/core';
import { describe, expect, test } from 'vitest';
import { monthlyCost } from './monthly-cost.ts';
import type { Target } from './target.ts';

const target: Target = {
  cloud: 'aws',
  name: 'tricloud',
  stage: 'dev',
  region: 'us-east-1',
  memoryMiB: 1024,
  timeoutSeconds: 29,
  concurrency: 1,
  maxInstances: null,
  environment: {},
  secrets: {},
  account: null,
};

const workload = parseWorkload({
  requestsPerMonth: 10_000_000,
  durationMs: 100,
  memoryMiB: 128,
  freeTier: false,
  responseKiB: 0,
  concurrencyPerInstance: 10,
});

const total = (change: Partial<Target>) => {
  const cost = monthlyCost(workload, { ...target, ...change }, '2026-11-22');
  return cost.isKnown ? cost.offer.bill.totalUsd : cost.why;
};

describe('a month', () => {
  test('on AWS is that of arm64 at the memory that is deployed, with its HTTP API', () => {
    // 1,000,000 GB-s at 0.0000133334, and 10 million requests at 0.20 and at 1.00 a million.
    expect(total({})).toBe('25.3334');
  });

  test('on Google shares an instance among no more requests than the target lets in', () => {
    const google = { cloud: 'google', region: 'us-central1', memoryMiB: 2048 } as const;
    const alone = total({ ...google, concurrency: 1 });
    const shared = total({ ...google, concurrency: 5 });
    const most = total({ ...google, concurrency: 80 });
    // Requests cost 4.00 however many share an instance.
    expect(Number(alone) - 4).toBeCloseTo(5 * (Number(shared) - 4), 9);
    expect(Number(shared) - 4).toBeCloseTo(2 * (Number(most) - 4), 9);
  });

  test('in a region without known prices says so', () => {
    expect(total({ region: 'mars-north-1' })).toMatch(/mars-north-1.*us-east-1/);
  });
});
