import { describe, expect, test } from 'vitest';
import { InvalidInputError, type Fault } from '../invalid-input.ts';
import { parseUsage } from './parse-usage.ts';
import { priceLists } from '../price-lists.ts';

function faultsOf(input: unknown): readonly Fault[] {
  try {
    parseUsage(input, priceLists);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults;
    throw error;
  }
  return [];
}

const sqs = { service: 'aws-sqs', region: 'us-east-1', usage: { requests: 1 } };

describe('parseUsage', () => {
  test.each([
    { input: null, paths: [''], why: 'no object' },
    { input: [], paths: [''], why: 'an array' },
    { input: {}, paths: ['items'], why: 'no items' },
    { input: { items: [] }, paths: ['items'], why: 'nothing to bill' },
    { input: { items: [sqs], x: 1 }, paths: ['x'], why: 'a field that there is not' },
    { input: { items: [3, null] }, paths: ['items[0]', 'items[1]'], why: 'items that are none' },
    { input: { items: [{}] }, paths: ['items[0].service'], why: 'a service is not guessed' },
    {
      input: { items: [{ ...sqs, service: 'constructor' }] },
      paths: ['items[0].service'],
      why: 'nothing inherited is a service',
    },
    {
      input: { items: [{ ...sqs, plan: '__proto__' }] },
      paths: ['items[0].plan'],
      why: 'nothing inherited is a plan',
    },
    {
      input: { items: [{ service: 'aws-sqs', usage: {} }] },
      paths: ['items[0].region', 'items[0].usage.requests'],
      why: 'no region is a default',
    },
    {
      input: {
        freeTier: 'yes',
        items: [sqs, { ...sqs, colour: 1, usage: { requests: 0.5, fairQueue: 0, y: 2 } }],
      },
      paths: [
        'freeTier',
        'items[1].colour',
        'items[1].usage.y',
        'items[1].usage.requests',
        'items[1].usage.fairQueue',
      ],
      why: 'every fault is told at once',
    },
    {
      input: {
        items: [
          {
            service: 'aws-lambda',
            region: 'us-east-1',
            usage: { requests: 1, coldStarts: 2, memoryMiB: 1, durationMs: 1 },
          },
          {
            service: 'aws-fargate',
            region: 'us-east-1',
            usage: { tasks: 'x', durationSeconds: 1, vcpu: 16, memoryGiB: 2 },
          },
          {
            service: 'google-cloud-run',
            region: 'us-central1',
            plan: 'request-based-arrivals',
            usage: { arrivals: [5], memoryMiB: 512, vcpu: 0.5, concurrency: 2 },
          },
          {
            service: 'aws-ec2',
            region: 'us-east-1',
            usage: { size: 'm5.large', hours: -1, cpuCreditVcpuHours: 3 },
          },
        ],
      },
      paths: [
        'items[0].usage.memoryMiB',
        'items[0].usage.coldStarts',
        'items[1].usage.tasks',
        'items[1].usage.memoryGiB',
        'items[2].usage.arrivals[0]',
        'items[2].usage.concurrency',
        'items[3].usage.hours',
        'items[3].usage.cpuCreditVcpuHours',
      ],
      why: 'what does not go together is told beside what is wrong by itself',
    },
  ])('refuses $why', ({ input, paths }) => {
    expect(faultsOf(input).map(({ path }) => path)).toEqual(paths);
  });

  test('lists the regions that a list has', () => {
    expect(faultsOf({ items: [{ ...sqs, region: 'mars' }] })).toEqual([
      {
        path: 'items[0].region',
        value: 'mars',
        problem:
          'is "mars", but must be one of the regions with known prices: us-east-1, us-west-2, eu-west-1, eu-west-2, eu-west-3, il-central-1, ap-northeast-1, ap-northeast-2',
      },
    ]);
  });

  test.each([
    {
      item: { ...sqs, service: 'aws-sqss' },
      path: 'items[0].service',
      ends: '; "aws-sqs" may be meant',
      why: 'a service that is nearly one',
    },
    {
      item: { ...sqs, region: 'us-east1' },
      path: 'items[0].region',
      ends: '; "us-east-1" may be meant',
      why: 'a region spelled as another provider does',
    },
    {
      item: { ...sqs, plan: 'payPerRequest' },
      path: 'items[0].plan',
      ends: '; "pay-per-request" may be meant',
      why: 'a plan in another case',
    },
    {
      item: { ...sqs, usage: { requests: 1, payload_kib: 3 } },
      path: 'items[0].usage.payload_kib',
      ends: 'fields are type, requests, payloadKiB, fairQueue; "payloadKiB" may be meant',
      why: 'a field in another case',
    },
    {
      item: { ...sqs, usage: { requests: 1, colour: 3 } },
      path: 'items[0].usage.colour',
      ends: 'fields are type, requests, payloadKiB, fairQueue',
      why: 'nothing where nothing is near',
    },
    {
      item: { service: 'aws-cognito', region: 'us-east-1', plan: 'plus', usage: {} },
      path: 'items[0].plan',
      ends: 'one of "essentials", "lite", "lite-legacy"; the price of the feature plan Plus was not found',
      why: 'what is known to be without a price',
    },
    {
      item: {
        service: 'aws-aurora-serverless-v2',
        region: 'us-east-1',
        plan: 'io-optimized',
        usage: { acuHours: 1 },
      },
      path: 'items[0].plan',
      ends: 'one of "standard"; the price of an ACU-hour under I/O-Optimized was not found',
      why: 'a configuration without a price',
    },
    {
      item: { service: 'aws-ec2', region: 'us-east-1', usage: { size: 't5.large', hours: 1 } },
      path: 'items[0].usage.size',
      ends: '"r7g.xlarge", whose prices are known; "t2.large" may be meant',
      why: 'a size without a price',
    },
  ])('says what may be meant, and of what no price was found: $why', ({ item, path, ends }) => {
    const [fault] = faultsOf({ items: [item] });
    expect(fault?.path).toBe(path);
    expect(fault?.problem.slice(-ends.length)).toBe(ends);
  });

  test('says how many items there are where they are too many', () => {
    expect(faultsOf({ items: Array.from({ length: 1001 }, () => sqs) })).toMatchObject([
      {
        path: 'items',
        problem:
          'is an array of 1001, but must be an array of 1 to 1000 items, each with service, region and usage',
      },
    ]);
  });

  test('takes the first plan where none is named, and reads decimals exactly', () => {
    const usage = { vcpuSeconds: 72.8, gibSeconds: 1e-7 };
    const item = {
      service: 'google-cloud-run',
      region: 'us-central1',
      plan: 'instance-based',
      usage,
    };
    const [first, second] = parseUsage({ items: [sqs, item] }, priceLists).items;
    expect(first?.plan).toBe('pay-per-request');
    expect(second?.metered.map(({ quantity }) => quantity)).toEqual([
      { numerator: 728n, denominator: 10n },
      { numerator: 1n, denominator: 10_000_000n },
    ]);
  });
});
