import { expect, test } from 'vitest';
import { regionsOf } from '../catalog/regions.ts';
import { InvalidInputError } from '../invalid-input.ts';
import { priceLists } from '../price-lists.ts';
import { parseUsage } from './parse-usage.ts';

function faultsOf(item: object): readonly string[] {
  try {
    parseUsage({ items: [item] }, priceLists);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.faults.map(({ path, problem }) => `${path.replace('items[0].', '')} ${problem}`);
  }
}

const aws = { region: 'us-east-1' };
const google = { region: 'us-central1' };
const azure = { region: 'eastus' };
const run = { ...google, service: 'google-cloud-run', plan: 'request-based' };
const runs = { requests: 1, durationMs: 100 };
const arrivals = { arrivals: [{ atMs: 0, durationMs: 100 }] };
const second = { ...google, service: 'google-cloud-functions-2nd-gen' };
const instances = { instances: 1, seconds: 100 };
const microVms = { ...aws, service: 'aws-lambda', plan: 'microvms' };
const microRuns = { runs: 1, durationSeconds: 1 };
const task = { ...aws, service: 'aws-fargate', plan: 'on-demand' };
const tasks = { tasks: 1, durationSeconds: 60 };

const noPair =
  'usage.vcpu is 0.08, but must be a number of vCPUs that Cloud Run has with this memory; Cloud Run has no 32 GiB with 0.08 vCPU: 32 GiB needs at least 8 vCPU';
const inSize =
  'but must be in a size of a MicroVM with the memory: 1 vCPU with each 2,048 MiB, and up to four times as much of either';

test.each([
  { item: { ...run, usage: { ...runs, memoryMiB: 32_768, vcpu: 0.08 } }, says: noPair },
  {
    item: {
      ...run,
      plan: 'request-based-arrivals',
      usage: { ...arrivals, memoryMiB: 32_768, vcpu: 0.08 },
    },
    says: noPair,
  },
  { item: { ...second, usage: { ...runs, memoryMiB: 32_768, vcpu: 0.08 } }, says: noPair },
  {
    item: {
      ...second,
      plan: 'minimum-instances',
      usage: { ...instances, memoryMiB: 32_768, vcpu: 0.08 },
    },
    says: noPair,
  },
  {
    item: {
      ...second,
      plan: 'instance-based',
      usage: { ...instances, memoryMiB: 32_768, vcpu: 4 },
    },
    says: 'usage.vcpu is 4, but must be a number of vCPUs that Cloud Run has with this memory; Cloud Run has no 32 GiB with 4 vCPU: 32 GiB needs at least 8 vCPU',
  },
  {
    item: { ...run, usage: { ...runs, memoryMiB: 512, vcpu: 0.07 } },
    says: 'Cloud Run has no 0.07 vCPU: 0.08 is the least',
  },
  {
    item: { ...run, usage: { ...runs, memoryMiB: 4096, vcpu: 3 } },
    says: 'usage.vcpu is 3, but must be a number of vCPUs that Cloud Run has with this memory; 3 is not sold, 4 is the next',
  },
  {
    item: { ...run, usage: { ...runs, memoryMiB: 512, vcpu: 0.3335 } },
    says: '0.3335 is not sold, 0.334 is the next',
  },
  {
    item: { ...run, usage: { ...runs, memoryMiB: 513, vcpu: 0.499 } },
    says: 'needs at least 0.5 vCPU',
  },
  {
    item: { ...run, usage: { ...runs, memoryMiB: 1024, vcpu: 8 } },
    says: '8 vCPU needs at least 4 GiB',
  },
  {
    item: { ...run, usage: { ...runs, memoryMiB: 512, vcpu: 0.5, concurrency: 2 } },
    says: 'usage.concurrency is 2, but must be 1 below one vCPU',
  },
  {
    item: { ...microVms, usage: { ...microRuns, vcpu: 64, memoryMiB: 128 } },
    says: 'usage.vcpu is 64, but must be a number from 0.25 to 16',
  },
  {
    item: { ...microVms, usage: { ...microRuns, vcpu: 64, memoryMiB: 128 } },
    says: 'usage.memoryMiB is 128, but must be a whole number from 512 to 32,768',
  },
  {
    item: { ...microVms, usage: { ...microRuns, vcpu: 16, memoryMiB: 4096 } },
    says: `usage.vcpu is 16, ${inSize}`,
  },
  { item: { ...microVms, usage: { ...microRuns, vcpu: 0.25, memoryMiB: 4096 } }, says: inSize },
  {
    item: { ...task, usage: { ...tasks, vcpu: 0.25, memoryGiB: 4 } },
    says: 'usage.memoryGiB is 4, but must be one of 0.5, 1, 2 with 0.25 vCPU',
  },
  {
    item: { ...task, usage: { ...tasks, vcpu: 0.5, memoryGiB: 1, os: 'windows' } },
    says: 'usage.vcpu is 0.5, but must be at least 1 under Windows',
  },
  {
    item: { ...task, usage: { ...tasks, vcpu: 1, memoryGiB: 2, ephemeralGiB: 201 } },
    says: 'usage.ephemeralGiB is 201, but must be a number from 20 to 200',
  },
  {
    item: {
      ...aws,
      service: 'aws-lambda',
      usage: { ...runs, memoryMiB: 128, ephemeralStorageMiB: 256 },
    },
    says: 'usage.ephemeralStorageMiB is 256, but must be a whole number from 512 to 10,240',
  },
  {
    item: { ...aws, service: 'aws-lambda-edge', usage: { ...runs, durationMs: 30_001 } },
    says: 'usage.durationMs is 30001, but must be a number above 0 and up to 30,000',
  },
  {
    item: { ...aws, service: 'aws-sqs', usage: { requests: 1, type: 'fifo', fairQueue: true } },
    says: 'usage.fairQueue is true, but must be false for a FIFO queue: fair queues are standard queues',
  },
  {
    item: {
      ...aws,
      service: 'aws-ec2',
      usage: { size: 'm5.large', hours: 1, cpuCreditVcpuHours: 1 },
    },
    says: 'usage.cpuCreditVcpuHours is 1, but must be 0 for a size that is neither',
  },
  {
    item: {
      ...azure,
      service: 'azure-functions-flex',
      usage: { executions: 1, durationMs: 1, memoryMiB: 1024 },
    },
    says: 'usage.memoryMiB is 1024, but must be one of 512, 2048, 4096',
  },
  {
    item: {
      ...azure,
      service: 'azure-functions-premium',
      usage: { size: 'EP1', hours: 1, instances: 101 },
    },
    says: 'usage.instances is 101, but must be a number from 1 to 100',
  },
])('refuses by name what no provider accepts: $says', ({ item, says }) => {
  expect(faultsOf(item)).toContainEqual(expect.stringContaining(says));
});

test.each([
  { ...run, usage: { ...runs, memoryMiB: 32_768, vcpu: 8 } },
  { ...run, usage: { ...runs, memoryMiB: 512, vcpu: 0.08 } },
  { ...run, usage: { ...runs, memoryMiB: 1024, vcpu: 0.583 } },
  { ...second, usage: { ...runs, memoryMiB: 32_768 } },
  { ...microVms, usage: { ...microRuns, vcpu: 0.25, memoryMiB: 512 } },
  { ...microVms, usage: { ...microRuns, vcpu: 16, memoryMiB: 8192 } },
  { ...microVms, usage: { ...microRuns, vcpu: 1, memoryMiB: 8192 } },
  { ...task, usage: { ...tasks, vcpu: 1, memoryGiB: 2, os: 'windows' } },
  { ...aws, service: 'aws-lambda-edge', usage: { ...runs, durationMs: 30_000 } },
  { ...aws, service: 'aws-sqs', usage: { requests: 1, fairQueue: true } },
])('accepts $service $usage', (item) => {
  expect(faultsOf(item)).toEqual([]);
});

test('names the regions near one without a price', () => {
  const item = { ...run, region: 'europe-west99', usage: { ...runs, memoryMiB: 512, vcpu: 1 } };
  expect(faultsOf(item)).toEqual([expect.not.stringContaining('the nearest are')]);
  const { regions } = priceLists.list('aws-step-functions');
  const region = regionsOf('aws').find((each) => !regions.includes(each));
  const fault = faultsOf({ service: 'aws-step-functions', region, usage: { transitions: 1 } });
  expect(fault).toEqual([
    expect.stringMatching(/ the regions with known prices: .*; the nearest are [a-z0-9, -]+$/),
  ]);
});

test('prints a bound and a quantity as they are', () => {
  const usage = { ...runs, durationMs: 1234.5678, memoryMiB: 127 };
  const memory = 'usage.memoryMiB is 127, but must be a whole number from 128 to 10,240';
  expect(faultsOf({ ...aws, service: 'aws-lambda', usage })).toEqual([memory]);
  expect(
    faultsOf({ ...aws, service: 'aws-lambda-edge', usage: { ...usage, durationMs: -1234.5678 } }),
  ).toEqual([
    'usage.durationMs is -1234.5678, but must be a number above 0 and up to 30,000',
    memory,
  ]);
});
