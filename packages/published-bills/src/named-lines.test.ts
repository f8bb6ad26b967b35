import { describe, expect, test } from 'vitest';
import { runExample } from './run-example.ts';

const million = 1_000_000;

function linesOf(service: string, inputs: object, names: readonly string[], provider = 'aws') {
  const lines = Object.fromEntries(names.map((name) => [name, 0]));
  const expected = { lines, total_usd: 0 };
  return runExample({ id: 'x', provider, service, inputs, expected, tolerance_usd: 0 }).lines;
}

const partlyProvisioned = {
  requests: 3 * million,
  duration_ms: 1000,
  memory_mb: 1024,
  provisioned: { concurrency: 0, hours: 0, requests: 2 * million },
};

describe('the lines of a bill, under the names of an example', () => {
  test.each([
    {
      why: 'a name covers all that it can',
      names: ['compute', 'requests'],
      lines: { compute: 36.1111, requests: 0.6 },
    },
    {
      why: 'a name beside a narrower one is what that leaves',
      names: ['compute', 'pc_compute', 'requests', 'pc_requests'],
      lines: { compute: 16.6667, pc_compute: 19.4444, requests: 0.2, pc_requests: 0.4 },
    },
    {
      why: 'a sum beside all of its parts stays the sum',
      names: ['compute', 'pc_compute', 'on_demand_compute'],
      lines: { compute: 36.1111, pc_compute: 19.4444, on_demand_compute: 16.6667 },
    },
    {
      why: 'one name that is not understood is what all others leave',
      names: ['requests', 'gigabyte_seconds'],
      lines: { requests: 0.6, gigabyte_seconds: 36.1111 },
    },
    {
      why: 'of several that are not understood nobody knows which is which',
      names: ['requests', 'one', 'other'],
      lines: { requests: 0.6 },
    },
    {
      why: 'the id of a price is a name',
      names: ['compute_x86_64', 'pc_compute_x86_64'],
      lines: { compute_x86_64: 16.6667, pc_compute_x86_64: 19.4444 },
    },
  ])('$why', ({ names, lines }) => {
    const found = linesOf('lambda', partlyProvisioned, names);
    expect(found).toEqual(lines);
    expect(Object.keys(found)).toEqual(Object.keys(lines));
  });
});

test('every line that is not empty stands under the id of its price where an example names none', () => {
  const expected = { total_usd: 0 };
  const example = { id: 'x', provider: 'aws', service: 'lambda', expected, tolerance_usd: 0 };
  expect(runExample({ ...example, inputs: partlyProvisioned }).lines).toEqual({
    compute_x86_64: 16.6667,
    pc_compute_x86_64: 19.4444,
    pc_requests: 0.4,
    requests: 0.2,
  });
});

describe('an example that prints no money', () => {
  test.each([
    {
      service: 'lambda',
      lines: { gb_s: 3 * million, requests: 3 * million },
      inputs: partlyProvisioned,
    },
    { service: 'lambda', lines: { gb_seconds: 3 * million }, inputs: partlyProvisioned },
    {
      service: 'fargate',
      lines: { vcpu_hours: 2, gb_hours: 4 },
      inputs: { tasks: 2, vcpu: 1, memory_gb: 2, hours: 1 },
    },
    {
      service: 'data-transfer',
      lines: { gb: 5 },
      inputs: { gb: 5 },
    },
  ])('of $service is compared in units: $lines', ({ service, inputs, lines }) => {
    const expected = { lines, total_usd: null, unit: 'as named' };
    const example = { id: 'x', provider: 'aws', service, inputs, expected, tolerance_usd: 0 };
    const result = { id: 'x', lines, total_usd: null, within_tolerance: true };
    expect(runExample(example)).toEqual(result);
  });

  test('is none that is as printed where a quantity is not known', () => {
    const expected = { lines: { carats: 5 }, total_usd: null, unit: 'carat' };
    const inputs = { gb: 5 };
    expect(
      runExample({
        id: 'x',
        provider: 'aws',
        service: 'data-transfer',
        inputs,
        expected,
        tolerance_usd: 1,
      }),
    ).toEqual({ id: 'x', lines: {}, total_usd: null, within_tolerance: false });
  });
});
