import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { PriceSheet } from '../pricing/price-sheet.ts';
import { AwsEc2UsageSchema, awsEc2Sheet, meterAwsEc2 } from './aws-ec2.ts';
import { AwsLambdaUsageSchema, awsLambdaSheet, meterAwsLambda } from './aws-lambda.ts';
import {
  AzureFunctionsConsumptionUsageSchema,
  azureFunctionsConsumptionSheet,
  meterAzureFunctionsConsumption,
} from './azure-functions-consumption.ts';
import {
  AzureFunctionsFlexUsageSchema,
  azureFunctionsFlexSheet,
  meterAzureFunctionsFlex,
} from './azure-functions-flex.ts';
import { AzureVmUsageSchema, azureVmSheet, meterAzureVm } from './azure-vm.ts';
import { billOf } from './bill.ts';
import {
  GoogleCloudRunUsageSchema,
  googleCloudRunSheet,
  meterGoogleCloudRun,
} from './google-cloud-run.ts';
import { GoogleGceUsageSchema, googleGceSheet, meterGoogleGce } from './google-gce.ts';
import type { Metered } from './metered.ts';
import published from './published-bills.json' with { type: 'json' };

interface Service {
  readonly sheet: PriceSheet;
  readonly meter: (usage: unknown, region: string) => readonly Metered[];
}

const services: Readonly<Record<string, Service>> = {
  'aws-ec2': {
    sheet: awsEc2Sheet,
    meter: (usage, region) => meterAwsEc2(v.parse(AwsEc2UsageSchema, usage), region),
  },
  'aws-lambda': {
    sheet: awsLambdaSheet,
    meter: (usage, region) => meterAwsLambda(v.parse(AwsLambdaUsageSchema, usage), region),
  },
  'azure-functions-consumption': {
    sheet: azureFunctionsConsumptionSheet,
    meter: (usage, region) =>
      meterAzureFunctionsConsumption(v.parse(AzureFunctionsConsumptionUsageSchema, usage), region),
  },
  'azure-functions-flex': {
    sheet: azureFunctionsFlexSheet,
    meter: (usage, region) =>
      meterAzureFunctionsFlex(v.parse(AzureFunctionsFlexUsageSchema, usage), region),
  },
  'azure-vm': {
    sheet: azureVmSheet,
    meter: (usage, region) => meterAzureVm(v.parse(AzureVmUsageSchema, usage), region),
  },
  'google-cloud-run': {
    sheet: googleCloudRunSheet,
    meter: (usage, region) =>
      meterGoogleCloudRun(v.parse(GoogleCloudRunUsageSchema, usage), region),
  },
  'google-gce': {
    sheet: googleGceSheet,
    meter: (usage, region) => meterGoogleGce(v.parse(GoogleGceUsageSchema, usage), region),
  },
};

function noService(service: string): never {
  throw new Error(`there is no service ${service}`);
}

/** The lines of a bill under the names that published bills use: one line a tier where they print tiers. */
function linesLike(
  expected: Readonly<Record<string, number | undefined>>,
  bill: ReturnType<typeof billOf>['bill'],
): Record<string, number> {
  return Object.fromEntries(
    bill.lines.flatMap((line): [string, number][] => {
      if (`${line.meter}_tier1` in expected && 'tiers' in line) {
        return line.tiers
          .filter(({ billed }) => billed !== '0')
          .map((tier, index) => [`${line.meter}_tier${index + 1}`, Number(tier.amountUsd)]);
      }
      return [[line.meter, Number(line.amountUsd)]];
    }),
  );
}

describe('published bills', () => {
  test.each(published.map((example) => ({ ...example, of: example.origin })))(
    '$id comes out as printed ($of): $title',
    ({ service, region, usage, freeTier, expected, toleranceUsd }) => {
      const { sheet, meter } = services[service] ?? noService(service);
      const { bill } = billOf(meter(usage, region), { count: 1n, freeTier, sheet });

      const lines = linesLike(expected.lines, bill);
      expect(Object.keys(lines).toSorted()).toEqual(Object.keys(expected.lines).toSorted());
      const off = Object.entries(expected.lines).map(([name, printed]) =>
        Math.abs((lines[name] ?? Number.NaN) - printed),
      );
      expect(Math.max(...off)).toBeLessThanOrEqual(toleranceUsd);
      expect(Math.abs(Number(bill.totalUsd) - expected.totalUsd)).toBeLessThanOrEqual(toleranceUsd);
    },
  );
});

describe('a bill', () => {
  const lambda = { requests: 1, durationMs: 120, memoryMiB: 1536, architecture: 'x86_64' } as const;

  test('shows every step, so that it can be checked with a pencil', () => {
    const { bill } = billOf(meterAwsLambda(lambda, 'us-east-1'), {
      count: 3_000_000n,
      freeTier: true,
      sheet: awsLambdaSheet,
    });
    expect(bill).toEqual({
      lines: [
        {
          meter: 'requests',
          unit: 'request',
          used: '3000000',
          free: '1000000',
          billed: '2000000',
          unitPriceUsd: '0.0000002',
          amountUsd: '0.4',
        },
        {
          meter: 'compute',
          unit: 'GB-s',
          used: '540000',
          free: '400000',
          billed: '140000',
          tiers: [
            {
              upTo: '6000000000',
              unitPriceUsd: '0.0000166667',
              billed: '140000',
              amountUsd: '2.333338',
            },
            { upTo: '15000000000', unitPriceUsd: '0.000015', billed: '0', amountUsd: '0' },
            { upTo: null, unitPriceUsd: '0.0000133334', billed: '0', amountUsd: '0' },
          ],
          amountUsd: '2.333338',
        },
      ],
      totalUsd: '2.733338',
      sheet: { date: awsLambdaSheet.date, sources: awsLambdaSheet.sources },
    });
  });

  test('counts 1,110,000,000 MB-milliseconds of Azure as 1,083.98 GB-seconds, as its docs do', () => {
    // https://learn.microsoft.com/azure/azure-functions/functions-consumption-costs, October 2025
    const usage = { executions: 111, durationMs: 78_125, memoryMiB: 128 };
    const { bill } = billOf(meterAzureFunctionsConsumption(usage, 'eastus'), {
      count: 1n,
      freeTier: false,
      sheet: azureFunctionsConsumptionSheet,
    });
    expect(bill.lines.map(({ unit, used }) => ({ unit, used }))).toEqual([
      { unit: 'execution', used: '111' },
      { unit: 'GB-s', used: '1083.984375' },
    ]);
  });

  test('so many times one request is as much as that many requests', () => {
    const options = { freeTier: true, sheet: awsLambdaSheet };
    expect(billOf(meterAwsLambda(lambda, 'us-east-1'), { ...options, count: 12_345_678n })).toEqual(
      billOf(meterAwsLambda({ ...lambda, requests: 12_345_678 }, 'us-east-1'), {
        ...options,
        count: 1n,
      }),
    );
  });
});
