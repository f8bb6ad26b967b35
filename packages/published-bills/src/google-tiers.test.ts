import { InvalidInputError } from '@tricloud/core';
import { describe, expect, test } from 'vitest';
import { runExample } from './run-example.ts';

type Inputs = Readonly<Record<string, unknown>>;

function run(service: string, inputs: Inputs) {
  const expected = { total_usd: 0 };
  return runExample({ id: 'x', provider: 'gcp', service, inputs, expected, tolerance_usd: 0 });
}

function faultsOf(service: string, inputs: Inputs): readonly string[] {
  try {
    run(service, inputs);
    return [];
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults.map(({ path }) => path);
    throw error;
  }
}

const gcf = 'cloud-functions-1st-gen';
const small = { invocations: 10_000_000, duration_ms: 300, memory_mb: 128 };
const whole = { invocations: 2_000_000, gb_s: 400_000, ghz_s: 200_000, egress_gb: 5 };

describe('published bills of Google', () => {
  test.each([
    { given: { ...small, tier: 1, free_tier: whole }, total: 7.2, why: 'as Google prints it' },
    // Memory costs $1.3125 and has $1 free; cpu costs $8.40 and has $2 free.
    { given: { ...small, tier: 2, free_tier: whole }, total: 9.9125, why: 'valued in tier 1' },
    { given: { ...small, tier: 2, free_tier: null }, total: 13.7125, why: 'nothing is free' },
    { given: { ...small, tier: 2 }, total: 13.7125, why: 'nothing is said of it' },
    {
      given: { ...small, tier: 2, free_tier: { ghz_s: 100_000 } },
      total: 12.3125,
      why: 'what is stated and no more',
    },
    {
      given: { ...small, tier: 2, egress_gb: 10, free_tier: { gb_s: 400_000, ghz_s: 200_000 } },
      total: 4 + 0.3125 + 6.4 + 1.2,
      why: 'what is stated as Google has it is valued in tier 1, and nothing else is free',
    },
    {
      given: { ...small, egress_kb_per_invocation: 5, free_tier: { egress_gb: 5 } },
      total: 4 + 0.9375 + 6 + (47.6837158203125 - 5) * 0.12,
      why: '5 KB ten million times are 47.68 GB',
    },
  ])('take off a free tier in money: $why', ({ given, total }) => {
    expect(run(gcf, given).total_usd).toBeCloseTo(total, 6);
  });

  test.each([
    {
      given: { billing: 'instance', hours: 730, vcpu: 2, memory_mib: 1024, tier: 2 },
      total: 119.8368,
      why: 'an instance for a month',
    },
    {
      given: { min_instances: 2, hours: 730, vcpu: 1, memory_mib: 512, tier: 1 },
      total: 19.71,
      why: 'minimum instances that wait',
    },
    {
      given: {
        requests: 10_000_000,
        duration_ms: 200,
        concurrency: 20,
        vcpu: 1,
        memory_mib: 512,
        free_tier: { requests: 2_000_000, vcpu_s: 180_000, gib_s: 360_000 },
      },
      total: 3.2,
      why: 'twenty requests share an instance',
    },
  ])('of Cloud Run are read: $why', ({ given, total }) => {
    expect(run('cloud-run', given).total_usd).toBeCloseTo(total, 6);
  });

  test('of Cloud Storage have tiers for each destination', () => {
    const given = { worldwide_gb: 12_500, asia_gb: 1500, china_gb: 50, australia_gb: 250 };
    expect(run('cloud-storage-egress', given)).toMatchObject({
      lines: {
        worldwide: 1317.44,
        asia: 175.24,
        china: 11.5,
        australia: 47.5,
      },
      total_usd: 1551.68,
    });
  });

  test.each([
    { service: gcf, given: { ...small, tier: 1, region: 'europe-west3' }, faults: ['tier'] },
    { service: gcf, given: { ...small, cpu_ghz: 2.4 }, faults: ['cpu_ghz'] },
    { service: gcf, given: { invocations: 1 }, faults: ['memory_mb', 'duration_ms'] },
    { service: gcf, given: { ...small, memory_mb: 300 }, faults: ['memory_mb'] },
    { service: 'cloud-functions-2nd-gen', given: { min_instances: 1 }, faults: ['memory_mib'] },
    { service: 'cloud-run', given: { duration_ms: 100, requests: 1 }, faults: ['memory_mib'] },
    {
      service: 'cloud-run',
      given: { duration_ms: 100, memory_mib: 512, vcpu_seconds: 5 },
      faults: ['vcpu_seconds'],
    },
    { service: 'cloud-run', given: { requests: 5, hours: 730 }, faults: ['hours'] },
    { service: 'pubsub', given: { free_gib: 10 }, faults: ['tib'] },
    { service: 'firestore', given: { reads_per_month: 10 }, faults: ['reads_per_month'] },
  ])('of $service with $given are refused, naming $faults', ({ service, given, faults }) => {
    expect(faultsOf(service, given)).toEqual(faults.map((field) => `inputs.${field}`));
  });
});
