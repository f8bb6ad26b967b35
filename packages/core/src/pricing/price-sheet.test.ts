import { describe, expect, test } from 'vitest';
import { openSheet } from './price-sheet.ts';
import { quantity } from './quantity.ts';
import awsDynamodb from './sheets/aws-dynamodb.json' with { type: 'json' };
import awsLambda from './sheets/aws-lambda.json' with { type: 'json' };
import googleCloudRun from './sheets/google-cloud-run.json' with { type: 'json' };

describe('openSheet', () => {
  test('reads prices exactly and takes them by region', () => {
    expect(openSheet(awsLambda).price('us-east-1', 'compute-arm64')).toEqual({
      id: 'compute-arm64',
      meter: 'compute',
      unit: 'GB-s',
      pool: 'aws-lambda/compute',
      knownUpTo: null,
      region: 'us-east-1',
      order: 2,
      source: awsLambda.sources.golden.url,
      confidence: 'open-source',
      sheet: {
        service: 'aws-lambda',
        date: awsLambda.date,
        sources: Object.values(awsLambda.sources).map(({ url }) => url),
      },
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

  test('an allowance is shared by all regions, or each has its own where the sheet says so', () => {
    const [run, dynamodb] = [openSheet(googleCloudRun), openSheet(awsDynamodb)];
    expect([
      run.price('us-central1', 'cpu').pool,
      run.price('asia-southeast1', 'cpu').pool,
      dynamodb.price('us-east-1', 'storage').pool,
      dynamodb.price('us-east-1', 'replica-storage').pool,
      dynamodb.price('eu-west-1', 'storage').pool,
    ]).toEqual([
      'google-cloud-run/cpu',
      'google-cloud-run/cpu',
      'aws-dynamodb/storage/us-east-1',
      'aws-dynamodb/storage/us-east-1',
      'aws-dynamodb/storage/eu-west-1',
    ]);
  });

  test.each(['mars', 'constructor', '__proto__', ''])('has no price in %j', (region) => {
    expect(() => openSheet(awsLambda).price(region, 'requests')).toThrow('no price');
  });

  test('refuses a sheet whose allowance is missing', () => {
    expect(() => openSheet({ ...awsLambda, allowances: [] })).toThrow('no allowance');
  });
});
