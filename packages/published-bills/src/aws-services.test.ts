import { InvalidInputError } from '@tricloud/core';
import { describe, expect, test } from 'vitest';
import { runExample } from './run-example.ts';

interface Bill {
  readonly service: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly lines: Readonly<Record<string, number>>;
  readonly total: number;
  readonly why: string;
}

const users = { users: 1000, messages_per_user_per_day: 1000, connected_hours_per_day: 12 };
const replica = { replica: 'us-west-2', replica_storage_gb: 27, free_storage_gb: 25 };

const bills: readonly Bill[] = [
  {
    service: 'api-gateway-rest',
    inputs: { requests: 15e9, response_kb: 3, egress_flat_usd_per_gb: 0.09, free_tier: null },
    lines: { tier1: 1165.5, tier2: 1867.6, tier3: 33_320, egress: 3862.38 },
    total: 40_215.48,
    why: 'egress at the one price that the bill states',
  },
  {
    service: 'api-gateway-rest',
    inputs: { requests: 5e6, response_kb: 30, egress_free_gb: 100, free_tier: { requests: 1e6 } },
    lines: { requests: 14, egress: 3.87 },
    total: 17.87,
    why: 'free calls and free egress, and egress at the price of data transfer',
  },
  {
    service: 'api-gateway-rest',
    inputs: { cache_gb: 237, hours: 730 },
    lines: { cache: 2774 },
    total: 2774,
    why: 'infracost api_gateway_stage_test prints it',
  },
  {
    service: 'api-gateway-rest',
    inputs: { cache_gb: 58.2, hours: 24 },
    lines: { cache: 24 },
    total: 24,
    why: 'a cache of each size that there is has a price',
  },
  {
    service: 'api-gateway-rest-private',
    inputs: { requests: 5e6, request_kb: 0.3, response_kb: 3, vpc_endpoint_az: 3, hours: 720 },
    lines: { requests: 17.5, endpoint_hours: 21.6, endpoint_data: 0.16 },
    total: 39.26,
    why: 'an endpoint is billed in each of its zones',
  },
  {
    service: 'api-gateway-websocket',
    inputs: { ...users, days: 30, free_tier: null },
    lines: { messages: 30, connection_minutes: 5.4 },
    total: 35.4,
    why: 'users who do the same every day',
  },
  {
    service: 'api-gateway-websocket',
    inputs: {
      messages: 2e6,
      message_kb: 33,
      connection_minutes: 1e6,
      free_tier: { messages: 1e6, connection_minutes: 750_000 },
    },
    lines: { messages: 3, connection_minutes: 0.0625 },
    total: 3.0625,
    why: '33 KB are two messages, the first million of which are free',
  },
  {
    service: 'cognito',
    inputs: { plan: 'lite-legacy', mau: 11_000_000, free_mau: 50_000 },
    lines: { tier1: 275, tier2: 4140, tier3: 29_250, tier4: 2500 },
    total: 36_165,
    why: 'all four tiers',
  },
  {
    service: 'dynamodb',
    inputs: { mode: 'provisioned', wcu: 20, rcu: 30, hours: 730, free_tier: null },
    lines: { writes: 9.49, reads: 2.85 },
    total: 12.34,
    why: 'infracost dynamodb_table_test prints it',
  },
  {
    service: 'dynamodb',
    inputs: { wcu: 30, rcu: 25, days: 30, storage_gb: 30, free_tier: { wcu: 25, rcu: 25 } },
    lines: { writes: 2.34, reads: 0, storage: 7.5 },
    total: 9.84,
    why: 'free capacity lasts as long as the capacity does',
  },
  {
    service: 'dynamodb',
    inputs: { mode: 'on-demand', replica: 'us-west-1', replicated_wru: 3e6 },
    lines: { replicated_writes: 2.09 },
    total: 2.09,
    why: 'infracost dynamodb_table_test prints it for the replica',
  },
  {
    service: 'dynamodb',
    inputs: {
      ...replica,
      replicated_wru: 42_177_000,
      rwru_per_million: 1.875,
      transfer_gb: 40,
      transfer_usd_per_gb: 0.09,
    },
    lines: { replicated_writes: 79.08, replica_storage: 0.5, transfer: 3.6 },
    total: 83.18,
    why: 'prices that the bill states hold where the list has none',
  },
  {
    service: 'dynamodb',
    inputs: { ...replica, storage_gb: 27 },
    lines: { storage: 0.5, replica_storage: 0.5 },
    total: 1,
    why: 'the 25 GB that are free are free in each region',
  },
  {
    service: 'dynamodb',
    inputs: { ...replica, restore_gb: 25 },
    lines: { restore: 3.75, storage: 0.5 },
    total: 4.25,
    why: 'storage is that of the replica where no other is told',
  },
  {
    service: 'sqs',
    inputs: { type: 'fair', requests: 10e6 },
    lines: { requests: 5 },
    total: 5,
    why: 'a line for all that a request of a fair queue costs',
  },
  {
    service: 'sqs',
    inputs: { type: 'fair', requests: 10e6 },
    lines: { requests: 4, fair_queue: 1 },
    total: 5,
    why: 'a line of its own for what a fair queue adds',
  },
  {
    service: 'sns',
    inputs: { type: 'fifo', publishes: 2e6, payload_kb: 64, subscriptions: 2 },
    lines: { requests: 0.6, payload: 2.176, deliveries: 0.04, delivery_payload: 0.256 },
    total: 3.072,
    why: 'FIFO topics bill bytes, of which a GB is 1,000,000 KB, and no chunks',
  },
  {
    service: 'firehose',
    inputs: { region: 'eu-west-2', gb: 7e6 },
    lines: { tier1: 17_920, tier2: 46_080, tier3: 118_848 },
    total: 182_848,
    why: 'infracost kinesis_firehose_delivery_stream_test prints it',
  },
  {
    service: 'firehose',
    inputs: { gb: 300, record_kb: 3, round_up_kb: 5 },
    lines: { ingest: 14.5 },
    total: 14.5,
    why: 'a volume in records of 3 KB is billed as 5 KB each',
  },
  {
    service: 'step-functions',
    inputs: {
      executions: 100_000,
      transitions_per_execution: 4,
      free_tier: { transitions: 4000 },
    },
    lines: { transitions: 9.9 },
    total: 9.9,
    why: 'free transitions',
  },
  {
    service: 'step-functions',
    inputs: { type: 'standard', region: 'sa-east-1', transitions: 10_000, free_tier: null },
    lines: { transitions: 0.375 },
    total: 0.375,
    why: 'a region with a price of its own',
  },
  {
    service: 'fargate',
    inputs: { os: 'windows', tasks: 10, vcpu: 2, memory_gb: 4, seconds_per_day: 120, days: 1 },
    lines: { cpu: 0.1525, os: 0.0767, memory: 0.0333 },
    total: 0.2625,
    why: 'five minutes at least under Windows',
  },
  {
    service: 'fargate',
    inputs: { arch: 'arm64', tasks: 2, vcpu: 0.5, memory_gb: 1, hours: 10, days: 30 },
    lines: { cpu: 9.714, memory: 2.136 },
    total: 11.85,
    why: 'hours with days are those of each day',
  },
  {
    service: 'fargate',
    inputs: { tasks: 2, vcpu: 1, memory_gb: 2, seconds_per_day: 30, days: 30.4 },
    lines: { cpu: 0.041, memory: 0.009 },
    total: 0.05,
    why: 'days of an average month, a minute at least on each',
  },
  {
    service: 's3',
    inputs: { class: 'standard-ia', days_in_month: 30, stored: [{ gb: 100, days: 15 }] },
    lines: { storage: 0.625 },
    total: 0.625,
    why: 'half a month',
  },
  {
    service: 'aurora-serverless-v2',
    inputs: { acu: 1.3, hours: 100, acu_hour_usd: 0.06 },
    lines: { acu: 7.8 },
    total: 7.8,
    why: 'a price that the bill states',
  },
  {
    service: 'aurora-serverless-v2',
    inputs: { region: 'ap-southeast-1', acu: 2, hours: 100, acu_hour_usd: 0.2 },
    lines: { acu: 40 },
    total: 40,
    why: 'a price that the bill states holds in any region',
  },
];

function example({ service, inputs, lines, total }: Omit<Bill, 'why'>) {
  const expected = { lines, total_usd: total };
  return { id: service, provider: 'aws', service, inputs, expected, tolerance_usd: 0.01 };
}

describe('bills of the services beside Lambda', () => {
  test.each(bills)('$service: $why', (bill) => {
    const { lines, within_tolerance: isAsWritten } = runExample(example(bill));
    expect(isAsWritten).toBe(true);
    expect(Object.keys(lines)).toEqual(Object.keys(bill.lines));
    for (const [name, value] of Object.entries(bill.lines)) {
      expect(Math.abs((lines[name] ?? Number.NaN) - value)).toBeLessThanOrEqual(0.01);
    }
  });

  test.each([
    { service: 'api-gateway-rest', inputs: { hours: 3 }, path: 'inputs.hours' },
    {
      service: 'api-gateway-websocket',
      inputs: { messages: 1, messages_per_user_per_day: 2 },
      path: 'inputs.messages_per_user_per_day',
    },
    {
      service: 's3',
      inputs: { days_in_month: 30, stored: [{ gb: 1, days: 31 }] },
      path: 'inputs.days_in_month',
    },
    { service: 'cognito', inputs: { plan: 'plus', mau: 3 }, path: 'inputs.plan' },
    { service: 'dynamodb', inputs: { mode: 'on-demand', wcu: 3 }, path: 'inputs.wcu' },
    { service: 'dynamodb', inputs: { days: 0 }, path: 'inputs.days' },
    { service: 'dynamodb', inputs: { dax_nodes: 3 }, path: 'inputs.dax_node_hourly' },
    { service: 'dynamodb', inputs: { transfer_gb: 3 }, path: 'inputs.transfer_usd_per_gb' },
    { service: 'dynamodb', inputs: { region: 'us-west-1', wru: 3 }, path: 'inputs.region' },
    {
      service: 'sns',
      inputs: { publishes: 1, subscriptions: { sms: 1 } },
      path: 'inputs.subscriptions.sms',
    },
    { service: 'sns', inputs: { publishes: 1, subscriptions: 3 }, path: 'inputs.subscriptions' },
    {
      service: 'fargate',
      inputs: { vcpu: 1, memory_gb: 2, hours: 730, days: 30 },
      path: 'inputs.hours',
    },
    { service: 'firehose', inputs: { gb: 1, days: 3 }, path: 'inputs.days' },
    {
      service: 'step-functions',
      inputs: { type: 'express', requests: 1 },
      path: 'inputs.duration_ms',
    },
    {
      service: 'step-functions',
      inputs: { transitions: 1, memory_mb: 3 },
      path: 'inputs.memory_mb',
    },
  ])('$service refuses $inputs at $path', ({ service, inputs, path }) => {
    expect(pathsRefused(example({ service, inputs, lines: {}, total: 0 }))).toEqual([path]);
  });
});

function pathsRefused(input: unknown): readonly string[] {
  try {
    runExample(input);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults.map(({ path }) => path);
    throw error;
  }
  return [];
}
