import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../invalid-input.ts';
import { billUsage } from './bill-usage.ts';
import { parseUsage } from './parse-usage.ts';
import { priceLists } from '../price-lists.ts';

/** Of each line its price, what was used and what of it is free; and the total. */
function billOf(freeTier: boolean, ...items: readonly unknown[]) {
  const { lines, totalUsd } = billUsage(parseUsage({ freeTier, items }, priceLists), {
    asOf: '2026-11-22',
  });
  return { lines: lines.map(({ price, used, free }) => [price, used, free]), totalUsd };
}

function faultsOf(...items: readonly unknown[]): readonly string[] {
  try {
    parseUsage({ items }, priceLists);
    return [];
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults.map(({ path }) => path);
    throw error;
  }
}

describe('Cloud Functions of the first generation', () => {
  const item = { service: 'google-cloud-functions-1st-gen', region: 'us-central1' };
  const idle = { memoryMiB: 256, instances: 1, idleSeconds: 2_592_000 };

  test.each([
    { durationMs: 1, cpu: '1.4', memory: '1', why: 'the least is 100 ms' },
    { durationMs: 240, cpu: '4.2', memory: '3', why: 'rounded up to 100 ms' },
    { durationMs: 300, cpu: '4.2', memory: '3', why: 'whole steps stay' },
  ])('bill $durationMs ms as $cpu GHz-s: $why', ({ durationMs, cpu, memory }) => {
    const usage = { invocations: 10, durationMs, memoryMiB: 1024 };
    const { lines } = billOf(false, { ...item, usage });
    expect(lines).toEqual([
      ['invocations', '10', '0'],
      ['cpu', cpu, '0'],
      ['memory', memory, '0'],
      ['egress', '0', '0'],
    ]);
  });

  test('have an allowance that is worth its price in tier 1, so that it covers more time that waits', () => {
    // 200,000 GHz-s at $0.00001 are $2; idle time costs $0.000001042 in tier 1, and $0.00000145 in tier 2.
    const plan = { ...item, plan: 'minimum-instances' };
    expect(billOf(true, { ...plan, usage: { ...idle, instances: 2 } })).toEqual({
      lines: [
        ['idle-cpu', '2073600', '1919385.796545105566'],
        ['idle-memory', '1296000', '400000'],
      ],
      totalUsd: '2.4006912',
    });
    expect(billOf(true, { ...plan, region: 'europe-west3', usage: idle }).totalUsd).toBe('1.268');
  });

  test('use the allowance up together with what serves, the dearest first', () => {
    const active = { invocations: 1_000_000, durationMs: 500, memoryMiB: 256 };
    const { lines } = billOf(
      true,
      { ...item, plan: 'minimum-instances', usage: idle },
      { ...item, usage: active },
    );
    expect(lines).toEqual([
      ['invocations', '1000000', '1000000'],
      ['cpu', '200000', '200000'],
      ['memory', '125000', '125000'],
      ['idle-cpu', '1036800', '0'],
      ['idle-memory', '648000', '275000'],
      ['egress', '0', '0'],
    ]);
  });
});

describe('Cloud Functions of the second generation', () => {
  const item = { service: 'google-cloud-functions-2nd-gen', region: 'us-central1' };

  test('come with the processor of their memory, and are lines of Cloud Run', () => {
    const usage = { requests: 1000, durationMs: 1000, memoryMiB: 512 };
    const functions = billOf(false, { ...item, usage });
    const run = { ...item, service: 'google-cloud-run', usage: { ...usage, vcpu: 0.333 } };
    expect(functions).toEqual(billOf(false, run));
  });

  test.each([
    { usage: { memoryMiB: 512, concurrency: 2 }, faults: ['items[0].usage.concurrency'] },
    { usage: { memoryMiB: 512, vcpu: 1, concurrency: 2 }, faults: [] },
    { usage: { memoryMiB: 2048, concurrency: 2 }, faults: [] },
  ])('share an instance from one vCPU up: $usage', ({ usage, faults }) => {
    const whole = { requests: 1, durationMs: 100, ...usage };
    expect(faultsOf({ ...item, usage: whole })).toEqual(faults);
  });
});

describe('instances of Cloud Functions of the second generation', () => {
  const item = { service: 'google-cloud-functions-2nd-gen', region: 'us-central1' };
  const kept = { instances: 3, seconds: 60 };

  test.each([
    {
      plan: 'instance-based',
      usage: { ...kept, memoryMiB: 512 },
      faults: ['items[0].usage.memoryMiB'],
    },
    {
      plan: 'instance-based',
      usage: { ...kept, memoryMiB: 2048, vcpu: 0.5 },
      faults: ['items[0].usage.vcpu'],
    },
    { plan: 'instance-based', usage: { ...kept, memoryMiB: 512, vcpu: 1 }, faults: [] },
    { plan: 'minimum-instances', usage: { ...kept, memoryMiB: 512 }, faults: [] },
  ])(
    'are billed for all of their time from one vCPU up: $plan $usage',
    ({ plan, usage, faults }) => {
      expect(faultsOf({ ...item, plan, usage })).toEqual(faults);
    },
  );

  test('are billed by 100 ms of each', () => {
    const usage = { instances: 3, seconds: 0.11, memoryMiB: 2048 };
    expect(billOf(false, { ...item, plan: 'instance-based', usage }).lines).toEqual([
      ['instance-cpu', '0.6', '0'],
      ['instance-memory', '1.2', '0'],
    ]);
  });
});

describe("Google's API Gateway", () => {
  test.each([
    { freeTier: true, billed: [998_000_000, 1], totalUsd: '2994.0000015' },
    { freeTier: false, billed: [1_000_000_000, 1], totalUsd: '3000.0000015' },
  ])(
    'has its tiers end at 1,000M calls, free ones counted: $freeTier',
    ({ freeTier, totalUsd }) => {
      const item = { service: 'google-api-gateway', usage: { calls: 1_000_000_001 } };
      expect(billOf(freeTier, item).totalUsd).toBe(totalUsd);
    },
  );
});

describe('egress', () => {
  test.each([
    { service: 'google-cloud-run', usage: { requests: 0, durationMs: 1, memoryMiB: 512, vcpu: 1 } },
    {
      service: 'google-cloud-functions-2nd-gen',
      usage: { requests: 0, durationMs: 1, memoryMiB: 512 },
    },
  ])('of $service has a price of its own, beside that of the network', ({ service, usage }) => {
    const egressGib = 600;
    const region = 'us-central1';
    const { lines } = billOf(
      true,
      { service, region, usage: { ...usage, egressGib } },
      { service: 'google-network-egress', region, usage: { worldwideGib: 500 } },
    );
    expect(lines.slice(-2)).toEqual([
      ['egress', '600', '1'],
      ['worldwide', '500', '1'],
    ]);
  });
});

describe('network egress', () => {
  test('has an allowance of its own in the Standard tier, and a price in North America', () => {
    const item = {
      service: 'google-network-egress',
      plan: 'standard-tier',
      region: 'us-central1',
      usage: { worldwideGib: 300 },
    };
    expect(billOf(true, item)).toEqual({
      lines: [['standard-tier', '300', '200']],
      totalUsd: '8.5',
    });
    expect(faultsOf({ ...item, region: 'asia-southeast1' })).toEqual(['items[0].region']);
  });
});

describe('Cloud Run', () => {
  const item = { service: 'google-cloud-run', region: 'us-central1' };
  const size = { memoryMiB: 1024, vcpu: 1, concurrency: 2 };

  test('bills an instance while it has a request in flight', () => {
    const usage = { requests: 3, durationMs: 90, arrivals: 'even', ...size };
    expect(billOf(false, { ...item, usage }).lines).toEqual([
      ['requests', '3', '0'],
      ['cpu', '0.3', '0'],
      ['memory', '0.3', '0'],
    ]);
  });

  test('bills what overlaps once where the times are known', () => {
    const arrivals = [0, 100, 200].map((atMs) => ({ atMs, durationMs: 500 }));
    const usage = { arrivals, repetitions: 10, ...size };
    const plan = 'request-based-arrivals';
    expect(billOf(false, { ...item, plan, usage }).lines).toEqual([
      ['requests', '30', '0'],
      ['cpu', '11', '0'],
      ['memory', '11', '0'],
    ]);
  });
});

describe('Firestore', () => {
  const item = { service: 'google-firestore', region: 'nam5' };

  test.each([
    { days: 30, free: '1500000' },
    { days: 31, free: '1550000' },
    { days: 10, free: '500000' },
  ])('has $free reads free in $days days', ({ days, free }) => {
    const { lines } = billOf(true, { ...item, usage: { readsPerDay: 60_000, days } });
    expect(lines[0]).toEqual(['reads', String(60_000 * days), free]);
  });
});

describe('Compute Engine', () => {
  const item = { service: 'google-gce', region: 'us-central1' };

  // The months that pricing.yml of Cyclenerd/google-cloud-pricing-cost-calculator reckons, to the cent.
  test.each([
    { size: 'e2-medium', region: 'us-central1', month: '24.46' },
    { size: 'n1-standard-1', region: 'us-central1', month: '24.27' },
    { size: 'n1-standard-1', region: 'asia-southeast1', month: '29.94' },
    { size: 'n2-standard-2', region: 'us-central1', month: '56.73' },
    { size: 'n2-standard-2', region: 'asia-southeast1', month: '69.98' },
    { size: 'f1-micro', region: 'asia-southeast1', month: '4.70' },
    { size: 'g1-small', region: 'asia-southeast1', month: '15.89' },
    { size: 'c4a-standard-1', region: 'asia-southeast1', month: '40.44' },
  ])('bills a month of $size in $region at $month', ({ size, region, month }) => {
    const { totalUsd } = billOf(true, { ...item, region, usage: { size, hours: 730 } });
    expect(Number(totalUsd).toFixed(2)).toBe(month);
  });

  test('gives the discount to each machine by its own hours', () => {
    const usage = { size: 'n1-standard-1', hours: 200, instances: 2 };
    expect(billOf(false, { ...item, usage }).lines).toEqual([
      ['n1-standard-1', '365', '0'],
      ['n1-standard-1-second-quarter', '35', '0'],
      ['n1-standard-1-third-quarter', '0', '0'],
      ['n1-standard-1-fourth-quarter', '0', '0'],
    ]);
  });

  test('refuses a size where no price of it is known', () => {
    const usage = { size: 'c4a-standard-1', hours: 730 };
    expect(faultsOf({ ...item, region: 'asia-southeast2', usage })).toEqual(['items[0].region']);
  });
});

describe('Cloud Storage', () => {
  test('refuses operations of a class for which no price of them is known', () => {
    const usage = { class: 'coldline', storageGibMonths: 1, classAOperations: 1 };
    expect(faultsOf({ service: 'google-cloud-storage', region: 'us', usage })).toEqual([
      'items[0].usage.classAOperations',
    ]);
  });
});
