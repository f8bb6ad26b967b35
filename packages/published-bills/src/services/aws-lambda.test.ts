import { describe, expect, test } from 'vitest';
import { runExample } from '../run-example.ts';

function example(inputs: object, expected: object, service = 'lambda') {
  return { id: 'x', provider: 'aws', service, inputs, expected, tolerance_usd: 0.02 };
}

const million = 1_000_000;
const free = { requests: million, gb_s: 400_000 };

// https://aws.amazon.com/lambda/pricing/, 2026: the examples of the page that are not among the published bills.
describe('the other examples of the page of Lambda', () => {
  test.each([
    {
      title: 'ephemeral storage',
      inputs: {
        requests: 6 * million,
        duration_ms: 280,
        memory_mb: 4096,
        ephemeral_mb: 2048,
        free_tier: free,
      },
      lines: { compute: 105.33, requests: 1, ephemeral_storage: 0.08 },
      total_usd: 106.41,
    },
    {
      title: 'provisioned concurrency, nothing free',
      inputs: {
        memory_mb: 4096,
        provisioned: { concurrency: 7, hours: 24, requests: 2 * million, duration_ms: 280 },
        free_tier: null,
      },
      lines: { provisioned_concurrency: 10.08, pc_compute: 21.78, requests: 0.4 },
      total_usd: 32.26,
    },
    {
      title: 'SnapStart',
      inputs: {
        requests: 7_440_000,
        duration_ms: 2000,
        memory_mb: 1024,
        snapstart: { active_days: 31, restore_fraction: 0.01, versions: 1 },
        free_tier: null,
      },
      lines: { requests: 1.49, compute: 248, snapstart_cache: 4.03, snapstart_restore: 10.4 },
      total_usd: 263.92,
    },
    {
      title: 'response streaming, the free 100 GB used up',
      inputs: {
        requests: 3 * million,
        duration_ms: 500,
        memory_mb: 1536,
        stream: [
          { requests: 2 * million, kb: 100 },
          { requests: million, mb: 7 },
        ],
        stream_free_mb_per_request: 6,
        free_tier: { ...free, stream_gb: 0 },
      },
      lines: { compute: 30.83, requests: 0.4, stream: 7.81 },
      total_usd: 39.04,
    },
    {
      title: 'ten event source mappings of Kafka',
      inputs: {
        invocations_per_day: 10 * million,
        days: 30,
        duration_ms: 200,
        memory_mb: 1024,
        epu: 'kafka',
        epu_hours: 720,
      },
      lines: { compute: 1000, requests: 60, epu: 133.2 },
      total_usd: 1193.2,
    },
  ])('come out as printed: $title', ({ inputs, lines, total_usd }) => {
    const result = runExample(example(inputs, { lines, total_usd }));
    expect(result.within_tolerance).toBe(true);
    for (const [name, printed] of Object.entries(lines)) {
      expect(Math.abs((result.lines[name] ?? Number.NaN) - printed)).toBeLessThan(0.01);
    }
  });

  test('come out as printed: Lambda@Edge', () => {
    const inputs = { requests: 10 * million, duration_ms: 10, memory_mb: 128 };
    const lines = { compute: 0.63, requests: 6 };
    const result = runExample(example(inputs, { lines, total_usd: 6.63 }, 'lambda-edge'));
    expect(result.lines).toEqual({ compute: 0.625125, requests: 6 });
  });
});

describe('a bill of Lambda', () => {
  const run = { duration_ms: 1000, memory_mb: 1024 };
  const provisioned = { concurrency: 1, hours: 0, requests: million };

  test.each([
    { applies_to: undefined, lines: { requests: 0.2, on_demand_compute: 0, pc_compute: 9.7222 } },
    {
      applies_to: 'all requests, on-demand GB-s only',
      lines: { requests: 0.2, on_demand_compute: 0, pc_compute: 9.7222 },
    },
    {
      applies_to: 'on-demand only',
      lines: { requests: 0.2, on_demand_compute: 0, pc_compute: 9.7222 },
    },
    {
      applies_to: 'provisioned GB-s and provisioned requests',
      lines: { requests: 0.2, on_demand_compute: 16.6667, pc_compute: 0 },
    },
  ])('takes off what is free from what it applies to: $applies_to', ({ applies_to, lines }) => {
    const inputs = {
      ...run,
      requests: 2 * million,
      provisioned,
      free_tier: { requests: million, gb_s: million, ...(applies_to && { applies_to }) },
    };
    expect(runExample(example(inputs, { lines, total_usd: 0 })).lines).toEqual(lines);
  });

  test('parts the time of a durable execution into whole milliseconds without losing any', () => {
    const inputs = {
      executions: million,
      invocations_per_execution: 3,
      duration_ms_per_execution: 32_000,
      memory_mb: 1024,
    };
    const expected = { lines: { compute: 0 }, total_usd: 0 };
    expect(runExample(example(inputs, expected)).lines).toEqual({ compute: 533.3344 });
  });

  test('counts whole invocations, whatever their mean on a day', () => {
    const inputs = { ...run, invocations_per_day: 33_333.33, days: 30 };
    const expected = { lines: { requests: 0, compute: 0 }, total_usd: 0 };
    expect(runExample(example(inputs, expected)).lines).toEqual({
      requests: 0.2,
      compute: 16.6667,
    });
  });

  test.each([
    { inputs: {}, told: 'inputs.requests is missing, but must be given, or something else' },
    { inputs: { requests: 1 }, told: 'inputs.duration_ms is missing' },
    { inputs: { requests: 1, duration_ms: 1 }, told: 'inputs.memory_mb is missing' },
    { inputs: { ...run, invocations_per_day: 1 }, told: 'inputs.days is missing' },
    { inputs: { epu_hours: 1 }, told: 'inputs.epu is missing' },
    {
      inputs: { ...run, requests: 1, provisioned },
      told: 'inputs.requests is 1, but must be the sum of on_demand.requests and provisioned.requests',
    },
    {
      inputs: { ...run, requests: 1, free_tier: { applies_to: 'some' } },
      told: 'inputs.free_tier.applies_to is "some"',
    },
    {
      inputs: { ...run, stream: [{ requests: 1 }] },
      told: 'inputs.stream[0] is an object, but must be with one of kb, mb',
    },
  ])('that makes no sense is refused: $told', ({ inputs, told }) => {
    expect(() => runExample(example(inputs, { total_usd: 0 }))).toThrow(told);
  });
});
