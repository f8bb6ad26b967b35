import { describe, expect, test } from 'vitest';
import { openPriceList } from './price-list.ts';
import { quantity } from './quantity.ts';
import awsDynamodb from './lists/aws-dynamodb.json' with { type: 'json' };
import awsLambda from './lists/aws-lambda.json' with { type: 'json' };
import googleCloudRun from './lists/google-cloud-run.json' with { type: 'json' };

describe('openPriceList', () => {
  test('reads prices exactly and takes them by region', () => {
    expect(openPriceList(awsLambda).price('us-east-1', 'compute-arm64')).toEqual({
      id: 'compute-arm64',
      meter: 'compute',
      unit: 'GB-s',
      pool: 'aws-lambda/compute',
      knownUpTo: null,
      region: 'us-east-1',
      order: 2,
      source: awsLambda.sources.golden.url,
      confidence: 'open-source',
      list: {
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
    const list = openPriceList(googleCloudRun);
    const { numerator, denominator } = list.price('asia-southeast1', 'cpu').allowance;
    // 180,000 vCPU-s at $0.000024 is $4.32; so is 900,000/7 vCPU-s at $0.0000336.
    expect(numerator * 7n).toBe(900_000n * denominator);
    expect(list.price('us-central1', 'cpu').allowance).toEqual(quantity(180_000n));
    expect(list.price('asia-southeast1', 'requests').allowance).toEqual(quantity(2_000_000n));
  });

  test('an allowance is shared by all regions, or each has its own where the list says so', () => {
    const [run, dynamodb] = [openPriceList(googleCloudRun), openPriceList(awsDynamodb)];
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
    expect(() => openPriceList(awsLambda).price(region, 'requests')).toThrow('no price');
  });

  test('refuses a list whose allowance is missing', () => {
    expect(() =>
      openPriceList({ ...awsLambda, allowances: [] }).price('us-east-1', 'requests'),
    ).toThrow('no allowance');
  });
});
