import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { openSheet } from './price-sheet.ts';
import { PriceSheetSchema, type PriceSheetData } from './price-sheet-schema.ts';
import { quantity } from './quantity.ts';
import awsEc2 from './sheets/aws-ec2.json' with { type: 'json' };
import awsLambda from './sheets/aws-lambda.json' with { type: 'json' };
import azureFunctionsConsumption from './sheets/azure-functions-consumption.json' with { type: 'json' };
import azureFunctionsFlex from './sheets/azure-functions-flex.json' with { type: 'json' };
import azureVm from './sheets/azure-vm.json' with { type: 'json' };
import googleCloudRun from './sheets/google-cloud-run.json' with { type: 'json' };
import googleGce from './sheets/google-gce.json' with { type: 'json' };

const sheets: readonly PriceSheetData[] = [
  awsEc2,
  awsLambda,
  azureFunctionsConsumption,
  azureFunctionsFlex,
  azureVm,
  googleCloudRun,
  googleGce,
];

describe.each(sheets.map((data) => ({ data, service: data.service })))(
  'sheet $service',
  ({ data }) => {
    test('is written in the form of a sheet', () => {
      expect(v.parse(PriceSheetSchema, data)).toEqual(data);
    });

    test('names its service with the provider first', () => {
      expect(data.service).toMatch(/^(aws|google|azure)-[a-z0-9-]+$/);
    });

    test('gives a source for every number, and uses every area and allowance', () => {
      const sources = Object.keys(data.sources);
      for (const row of [...data.prices, ...data.allowances]) expect(sources).toContain(row.source);
      expect(new Set(data.prices.map(({ area }) => area))).toEqual(
        new Set(Object.values(data.regions)),
      );
      expect(new Set(data.prices.flatMap(({ allowance }) => allowance ?? []))).toEqual(
        new Set(data.allowances.map(({ id }) => id)),
      );
    });

    test('has each price once in every area, and the same unit as its allowance', () => {
      const ids = new Set(data.prices.map(({ id }) => id));
      const areas = new Set(data.prices.map(({ area }) => area));
      const rows = new Set(data.prices.map(({ area, id }) => `${area} ${id}`));
      expect(rows.size).toBe(data.prices.length);
      expect(rows.size).toBe(ids.size * areas.size);
      for (const { allowance, unit } of data.prices) {
        if (allowance === undefined) continue;
        expect(data.allowances.find(({ id }) => id === allowance)?.unit).toBe(unit);
      }
    });

    test('has tiers that rise and have no end', () => {
      for (const { tiers } of data.prices) {
        const ends = tiers.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
        expect(ends).toEqual([...new Set(ends)].toSorted((a, b) => a - b));
        expect(tiers.at(-1)?.upTo).toBeNull();
      }
    });
  },
);

describe('openSheet', () => {
  test('reads prices exactly and takes them by region', () => {
    expect(openSheet(awsLambda).price('us-east-1', 'compute-arm64')).toEqual({
      unit: 'GB-s',
      allowance: quantity(400_000n),
      tiers: [
        {
          upTo: 7_500_000_000n,
          unitPrice: 13_333_400n,
          upToPrinted: '7500000000',
          unitPriceUsd: '0.0000133334',
        },
        {
          upTo: 18_750_000_000n,
          unitPrice: 12_000_100n,
          upToPrinted: '18750000000',
          unitPriceUsd: '0.0000120001',
        },
        { upTo: null, unitPrice: 10_666_700n, upToPrinted: null, unitPriceUsd: '0.0000106667' },
      ],
    });
  });

  test('an allowance valued in a cheaper area covers the same money, hence less, in a dearer one', () => {
    const sheet = openSheet(googleCloudRun);
    const { numerator, denominator } = sheet.price('asia-southeast1', 'cpu').allowance;
    // 180,000 vCPU-s at $0.000024 is $4.32; so is 900,000/7 vCPU-s at $0.0000336.
    expect(numerator * 7n).toBe(900_000n * denominator);
    expect(sheet.price('us-central1', 'cpu').allowance).toEqual(quantity(180_000n));
    expect(sheet.price('asia-southeast1', 'requests').allowance).toEqual(quantity(2_000_000n));
  });

  test.each(['mars', 'constructor', '__proto__', ''])('has no price in %j', (region) => {
    expect(() => openSheet(awsLambda).price(region, 'requests')).toThrow('no price');
  });

  test('refuses a sheet whose allowance is missing', () => {
    expect(() => openSheet({ ...awsLambda, allowances: [] })).toThrow('no allowance');
  });
});
