import { describe, expect, test } from 'vitest';
import { billUsage } from './bill-usage.ts';
import { parseUsage } from './parse-usage.ts';
import { priceLists } from '../price-lists.ts';

interface Case {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly freeTier?: boolean;
  /** Price, billed quantity and amount of each line that costs something. */
  readonly lines: readonly (readonly [price: string, billed: string, amountUsd: string])[];
  readonly why: string;
}

function linesOf({ items, freeTier = true }: Case) {
  const { lines } = billUsage(parseUsage({ freeTier, items }, priceLists), { asOf: '2026-11-22' });
  return lines
    .filter(({ amountUsd }) => amountUsd !== '0')
    .map(({ price, billed, amountUsd }) => [price, billed, amountUsd]);
}

const flex = { service: 'azure-functions-flex', region: 'eastus' };
const consumption = { service: 'azure-functions-consumption', region: 'eastus' };
const cosmos = { service: 'azure-cosmos-db', plan: 'provisioned' };
const bus = { service: 'azure-service-bus', region: 'eastus' };
const hubs = { service: 'azure-event-hubs', region: 'eastus' };
const vm = { service: 'azure-vm', region: 'eastus' };

const evenMillion = { executions: 1_000_000, memoryMiB: 2048, arrivals: 'even' };

/** 40 executions a second in one hour of the month. */
const busyHour = {
  executions: 144_000,
  durationMs: 250,
  memoryMiB: 2048,
  arrivals: 'even',
  peakToAverage: 730,
};

const cases: readonly Case[] = [
  {
    items: [
      { ...flex, usage: { ...evenMillion, durationMs: 1 } },
      { ...flex, usage: { ...evenMillion, durationMs: 1001 } },
    ],
    freeTier: false,
    lines: [
      ['executions', '2000000', '0.8'],
      ['compute', '4200000', '109.2'],
    ],
    why: 'an execution on Flex Consumption is 1,000 ms at least, then rounded up to 100 ms',
  },
  {
    items: [{ ...flex, usage: busyHour }],
    freeTier: false,
    lines: [
      ['executions', '144000', '0.0576'],
      ['compute', '72000', '1.872'],
    ],
    why: 'ten instances are active for an hour (learn.microsoft.com, functions-consumption-costs)',
  },
  {
    items: [{ ...flex, usage: { ...busyHour, concurrency: 10 } }],
    freeTier: false,
    lines: [
      ['executions', '144000', '0.0576'],
      ['compute', '7200', '0.1872'],
    ],
    why: 'at concurrency 10 one instance is active for the hour (same page)',
  },
  {
    items: [
      {
        ...flex,
        plan: 'always-ready-totals',
        usage: { readyInstanceSeconds: 3600, memoryMiB: 2048, executions: 100 },
      },
      {
        ...flex,
        plan: 'always-ready',
        usage: { executions: 100, durationMs: 1000, memoryMiB: 2048 },
      },
    ],
    lines: [
      ['always-ready-baseline', '7200', '0.0288'],
      ['always-ready-compute', '200', '0.0032'],
      ['always-ready-executions', '200', '0.00008'],
    ],
    why: 'no grant covers what is always ready',
  },
  {
    items: [
      { ...consumption, usage: { executions: 2_000_000, durationMs: 1000, memoryMiB: 1024 } },
      { ...flex, usage: { executions: 250_000, durationMs: 1000, memoryMiB: 512 } },
      { ...flex, usage: { executions: 100_000, durationMs: 1000, memoryMiB: 512 } },
    ],
    lines: [
      ['executions', '1000000', '0.2'],
      ['compute', '1600000', '25.6'],
      ['executions', '100000', '0.04'],
      ['compute', '75000', '1.95'],
    ],
    why: 'each of the two plans has a grant of its own, which its apps share',
  },
  {
    items: [{ ...consumption, usage: { executions: 1_000_000, durationMs: 1, memoryMiB: 128.5 } }],
    freeTier: false,
    lines: [
      ['executions', '1000000', '0.2'],
      ['compute', '25000', '0.4'],
    ],
    why: 'an execution on Consumption is 100 ms at least, its memory rounded up to 128 MB',
  },
  {
    items: [
      { ...cosmos, region: 'westus', usage: { requestUnitsPerS: 4000, hours: 100 } },
      { ...cosmos, region: 'eastus', usage: { requestUnitsPerS: 400, hours: 730 } },
    ],
    lines: [['throughput-above-1000', '300000', '24']],
    why: 'of each hour 1,000 RU/s are free, and hours without use give nothing to others',
  },
  {
    items: [{ ...cosmos, region: 'westus', usage: { requestUnitsPerS: 1000.1, hours: 10 } }],
    lines: [['throughput-above-1000', '1', '0.00008']],
    why: 'what lies above is exact, whatever a float makes of it',
  },
  {
    items: [
      {
        service: 'azure-cosmos-db',
        region: 'westus',
        plan: 'serverless',
        usage: { storageGbMonths: 5 },
      },
    ],
    lines: [['serverless-storage', '5', '1.25']],
    why: 'the free tier is not for serverless accounts',
  },
  {
    items: [
      { ...bus, plan: 'standard', usage: { operations: 3_000_000_000, hours: 730 } },
      { ...bus, plan: 'basic', usage: { operations: 1_000_000 } },
    ],
    freeTier: false,
    lines: [
      ['basic-operations', '1000000', '0.05'],
      // 730 of 744 hours
      ['standard-base', '0.981182795699', '9.811827956989'],
      // 87M at 0.80, 2,400M at 0.50 and 500M at 0.20
      ['standard-operations', '3000000000', '1369.6'],
    ],
    why: 'the base charge of the standard tier includes 13M operations, with or without a free tier',
  },
  {
    items: [
      {
        ...hubs,
        plan: 'standard',
        usage: { events: 100_000_000, throughputUnits: 20, hours: 730, capture: true },
      },
    ],
    lines: [
      ['standard-events', '100000000', '2.8'],
      ['standard-units', '14600', '438'],
      ['capture', '14600', '1460'],
    ],
    why: 'events are captured by throughput unit',
  },
  {
    items: [
      { service: 'azure-bandwidth', region: 'eastus', usage: { internetGb: 6000 } },
      { service: 'azure-bandwidth', region: 'westeurope', usage: { internetGb: 6000 } },
    ],
    // 10,235 GB at 0.087 and 1,665 GB at 0.083
    lines: [['internet', '11900', '1028.64']],
    why: 'the regions of a zone have their tiers in common',
  },
  {
    items: [
      {
        service: 'azure-bandwidth',
        region: 'eastus',
        usage: { internetGb: 60, routedOverInternetGb: 50 },
      },
    ],
    lines: [['internet-routed', '10', '0.8']],
    why: 'what is routed over the internet costs less, and shares the free 100 GB',
  },
  {
    items: [
      { ...vm, usage: { size: 'B1s', hours: 0, egressGb: 40 } },
      { ...flex, usage: { executions: 0, durationMs: 1, memoryMiB: 512, egressGb: 30 } },
      { ...consumption, usage: { executions: 0, durationMs: 1, memoryMiB: 128, egressGb: 20 } },
      {
        service: 'azure-functions-premium',
        region: 'eastus',
        usage: { size: 'EP1', hours: 0, egressGb: 15 },
      },
    ],
    lines: [['internet', '5', '0.435']],
    why: 'machines and functions of every plan share the free 100 GB that leave Azure',
  },
  {
    items: [{ ...vm, usage: { size: 'B1s', hours: 100, disk: 'S4', publicIpv4: true } }],
    lines: [
      ['B1s', '100', '1.04'],
      ['disk-S4', '1', '1.536'],
      ['ipv4', '100', '0.5'],
    ],
    why: 'a disk is kept for the month, however long the machine runs',
  },
];

describe('a bill of Azure', () => {
  test.each(cases)('$why', (each) => {
    expect(linesOf(each)).toEqual(each.lines);
  });

  test('refuses users whose price nobody knows', () => {
    const item = { service: 'azure-entra-external-id', usage: { monthlyActiveUsers: 50_001 } };
    expect(() => parseUsage({ items: [item] }, priceLists)).toThrow(
      'is 50001, but must be a whole number from 0 to 50,000, which are free; the price of more is not known',
    );
  });

  test('warns where several items together go beyond what is known', () => {
    const item = { service: 'azure-entra-external-id', usage: { monthlyActiveUsers: 50_000 } };
    const { warnings } = billUsage(parseUsage({ items: [item, item] }, priceLists), {
      asOf: '2026-11-22',
    });
    expect(warnings).toEqual([
      {
        vi: 'Không rõ giá azure-entra-external-id/mau ở global khi vượt quá 50.000 MAU; phần vượt không có trong hoá đơn này.',
        en: 'The price azure-entra-external-id/mau in global above 50,000 MAU is not known; what it costs is left out of this bill.',
      },
    ]);
  });
});
