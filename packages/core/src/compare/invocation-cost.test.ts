import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../invalid-input.ts';
import { priceLists } from '../price-lists.ts';
import { invocationCost } from './invocation-cost.ts';

describe('invocationCost', () => {
  test.each([
    {
      usage: { provider: 'aws', memoryMiB: 1024, durationMs: 12.3 },
      cost: { billedDurationMs: 13, costUsd: '0.000000416667' },
      why: '13 ms x 1 GB x 0.0000166667, and a request; 0.0000002166671 has 13 decimals',
    },
    {
      usage: { provider: 'aws', memoryMiB: 1024, durationMs: 1000, architecture: 'arm64' },
      cost: { billedDurationMs: 1000, costUsd: '0.0000135334' },
      why: 'arm64 has its own price',
    },
    {
      usage: { provider: 'google', memoryMiB: 256, durationMs: 12.3 },
      cost: { billedDurationMs: 100, costUsd: '0.0000008633' },
      why: '100 ms of 0.167 vCPU and 0.25 GiB, and a request',
    },
    {
      usage: { provider: 'google', memoryMiB: 256, durationMs: 100, region: 'asia-southeast1' },
      cost: { billedDurationMs: 100, costUsd: '0.00000104862' },
      why: 'the region has its price',
    },
    {
      usage: { provider: 'azure', memoryMiB: 2048, durationMs: 1001 },
      cost: { billedDurationMs: 1100, costUsd: '0.0000576' },
      why: '1.1 s of 2 GB, and an execution',
    },
    {
      usage: { provider: 'azure', memoryMiB: 256, durationMs: 0 },
      cost: { billedDurationMs: 1000, costUsd: '0.0000134' },
      why: 'the smallest instance and the shortest time that are billed',
    },
  ] as const)('$usage.provider: $why', ({ usage, cost }) => {
    expect(invocationCost(usage, priceLists)).toEqual(cost);
  });

  test.each([
    { usage: { provider: 'aws', memoryMiB: 10_241, durationMs: 1 }, path: 'memoryMiB' },
    { usage: { provider: 'azure', memoryMiB: 4097, durationMs: 1 }, path: 'memoryMiB' },
    { usage: { provider: 'google', memoryMiB: 256, durationMs: -1 }, path: 'durationMs' },
    { usage: { provider: 'google', memoryMiB: 256, durationMs: Number.NaN }, path: 'durationMs' },
    {
      usage: { provider: 'aws', memoryMiB: 256, durationMs: 1, region: 'mars-1' },
      path: 'region.aws',
    },
  ] as const)('refuses $usage for its $path', ({ usage, path }) => {
    expect(() => invocationCost(usage, priceLists)).toThrow(InvalidInputError);
    expect(() => invocationCost(usage, priceLists)).toThrow(new RegExp(`^${path} is `));
  });
});
