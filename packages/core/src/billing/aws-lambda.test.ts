import { describe, expect, test } from 'vitest';
import { billUsage } from './bill-usage.ts';
import { parseUsage } from './parse-usage.ts';
import { priceLists } from '../price-lists.ts';

function bill(plan: string, usage: object) {
  const item = { service: 'aws-lambda', region: 'us-east-1', plan, usage };
  return billUsage(parseUsage({ items: [item] }, priceLists), { asOf: '2026-11-22' });
}

const gigabyte = { durationMs: 1000, memoryMiB: 1024 };
const ready = { ...gigabyte, concurrency: 1, requests: 0 };

describe('a bill of Lambda', () => {
  test.each([
    {
      plan: 'on-demand',
      usage: { ...gigabyte, requests: 10, coldStarts: 2, initMs: 500.5 },
      used: { requests: '10', 'compute-x86_64': '11.002' },
      why: 'a cold start is billed with its request and rounded up with it',
    },
    {
      plan: 'on-demand',
      usage: { requests: 10, durationMs: 100.1, memoryMiB: 1024, coldStarts: 10, initMs: 99.9 },
      used: { requests: '10', 'compute-x86_64': '2' },
      why: 'the two are added as decimals before they are rounded',
    },
    {
      plan: 'on-demand',
      usage: { ...gigabyte, requests: 10, asyncEventKiB: 256 },
      used: { requests: '10', 'compute-x86_64': '10' },
      why: 'the first 256 KB of an event are one request',
    },
    {
      plan: 'on-demand',
      usage: { ...gigabyte, requests: 10, asyncEventKiB: 320.5 },
      used: { requests: '30', 'compute-x86_64': '10' },
      why: 'each further 64 KB begun are one more',
    },
    {
      plan: 'on-demand',
      usage: { ...gigabyte, requests: 10, ephemeralStorageMiB: 1536, egressGb: 0.5 },
      used: {
        internet: '0.5',
        requests: '10',
        'compute-x86_64': '10',
        'ephemeral-storage': '10',
      },
      why: 'only what is above 512 MB is billed, and egress as of any service',
    },
    {
      plan: 'provisioned-concurrency',
      usage: { ...ready, hours: 0.001, architecture: 'arm64' },
      used: { 'pc-requests': '0', 'provisioned-concurrency-arm64': '300', 'pc-compute-arm64': '0' },
      why: 'the time is rounded up to five minutes',
    },
    {
      plan: 'provisioned-concurrency',
      usage: {
        ...ready,
        hours: 0.1,
        periods: 3,
        requests: 2,
        requestsAbove: 4,
        durationAboveMs: 1,
      },
      used: {
        requests: '4',
        'compute-x86_64': '0.004',
        'pc-requests': '2',
        'provisioned-concurrency-x86_64': '1800',
        'pc-compute-x86_64': '2',
      },
      why: 'each period is rounded by itself, and what is above the concurrency runs on demand',
    },
    {
      plan: 'snapstart',
      usage: { memoryMiB: 512, versions: 2, activeHours: 1, restores: 10 },
      used: { 'snapstart-cache': '10800', 'snapstart-restore': '5' },
      why: 'every version is cached for three hours at least',
    },
    {
      plan: 'response-streaming',
      usage: { responses: 1024, responseMiB: 7.5 },
      used: { streamed: '1.5' },
      why: 'each response has its first 6 MB free',
    },
    {
      plan: 'response-streaming',
      usage: { responses: 1024, responseMiB: 5 },
      used: { streamed: '0' },
      why: 'what one leaves of them is not for another',
    },
    {
      plan: 'event-pollers',
      usage: { source: 'sqs', units: 3, hours: 0.01 },
      used: { 'sqs-pollers': '0.05' },
      why: 'a minute is the least',
    },
    {
      plan: 'event-pollers',
      usage: { source: 'kafka', units: 1, hours: 0.5001 },
      used: { 'kafka-pollers': '0.500277777778' },
      why: 'beyond it each second begun counts',
    },
    {
      plan: 'microvms',
      usage: { runs: 10, durationSeconds: 0.5, vcpu: 0.5, memoryMiB: 512, snapshotReadGb: 1.5 },
      used: {
        'microvm-cpu': '5',
        'microvm-memory': '5',
        'microvm-snapshot-written': '0',
        'microvm-snapshot-read': '1.5',
        'microvm-snapshot-kept': '0',
      },
      why: 'each run is rounded up to the second',
    },
  ])('meters $plan: $why', ({ plan, usage, used }) => {
    const { lines } = bill(plan, usage);
    expect(Object.fromEntries(lines.map((line) => [line.price, line.used]))).toEqual(used);
  });

  test('takes nothing free off requests and duration under provisioned concurrency', () => {
    const { lines } = bill('provisioned-concurrency', { ...ready, hours: 1, requests: 1000 });
    expect(lines.map(({ free }) => free)).toEqual(['0', '0', '0']);
  });

  test.each([
    {
      plan: 'event-pollers',
      usage: { source: 'sqs', units: 1, hours: 1 },
      told: 'items[0].usage.units is 1, but must be at least 2 for SQS',
    },
    {
      plan: 'on-demand',
      usage: { ...gigabyte, requests: 1, coldStarts: 2 },
      told: 'items[0].usage.coldStarts is 2, but must be at most as many as requests',
    },
  ])('refuses what cannot be: $told', ({ plan, usage, told }) => {
    expect(() => bill(plan, usage)).toThrow(told);
  });
});
