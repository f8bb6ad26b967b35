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
      allowanceGroup: 'aws-lambda/compute',
      knownUpTo: null,
      region: 'us-east-1',
      order: 3,
      source: awsLambda.sources['map-lambda'].url,
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
      run.price('us-central1', 'cpu').allowanceGroup,
      run.price('asia-southeast1', 'cpu').allowanceGroup,
      dynamodb.price('us-east-1', 'storage').allowanceGroup,
      dynamodb.price('us-east-1', 'replica-storage').allowanceGroup,
      dynamodb.price('eu-west-1', 'storage').allowanceGroup,
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

  const columns = {
    ...awsLambda,
    sources: {
      map: { url: 'https://example.com/{region}.json', date: null, confidence: 'official' },
    },
    regions: { north: ['n1', 'n2', 'n3'], south: ['s1', 's2'], all: ['n1', 's1'] },
    allowances: [],
    prices: [
      { id: 'each', unit: 'h', upTo: [10], source: 'map', usd: { north: '1/2 - 3/4', s2: '5/6' } },
      { id: 'alike', unit: 'h', source: 'map', usd: { south: '7', all: '8 9' } },
      { id: 'share', unit: 'h', source: 'map', share: { of: 'alike', times: '0.8678' } },
    ],
  };

  function usdOf(region: string, id: string) {
    return openPriceList(columns)
      .price(region, id)
      .tiers.map(({ unitPriceUsd }) => unitPriceUsd);
  }

  test.each([
    { region: 'n1', id: 'each', usd: ['1', '2'], why: 'the first of its group' },
    { region: 'n3', id: 'each', usd: ['3', '4'], why: 'the third of its group' },
    { region: 's2', id: 'each', usd: ['5', '6'], why: 'a cell of its own' },
    { region: 's2', id: 'alike', usd: ['7'], why: 'one price for the whole group' },
    { region: 's1', id: 'alike', usd: ['7'], why: 'the first group that has it' },
    { region: 'n1', id: 'alike', usd: ['8'], why: 'another group that it is in' },
    { region: 's2', id: 'share', usd: ['6.0746'], why: 'a share of another price' },
  ])('reads $id in $region as $usd: $why', ({ region, id, usd }) => {
    expect(usdOf(region, id)).toEqual(usd);
  });

  test.each([
    { region: 'n2', id: 'each', regions: ['n1', 'n3', 's2'] },
    { region: 'n2', id: 'share', regions: ['n1', 's1', 's2'] },
  ])('has no $id in $region, and says where there is one', ({ region, id, regions }) => {
    expect(() => usdOf(region, id)).toThrow(expect.objectContaining({ regions }));
  });

  test('names the source of the region', () => {
    expect(openPriceList(columns).price('n3', 'each').source).toBe('https://example.com/n3.json');
  });

  test.each([
    { usd: { north: '1/2 3/4' }, says: '2 of 3 prices of each in north' },
    { usd: { north: '1 2 3' }, says: '1 of 2 tiers of each in n1' },
  ])('refuses a line that is too short: $usd', ({ usd, says }) => {
    const [each] = columns.prices;
    const prices = [{ ...each, id: 'each', unit: 'h', source: 'map', usd }];
    expect(() => openPriceList({ ...columns, prices }).price('n1', 'each')).toThrow(says);
  });

  test('refuses a list whose allowance is missing', () => {
    expect(() =>
      openPriceList({ ...awsLambda, allowances: [] }).price('us-east-1', 'requests'),
    ).toThrow('no allowance');
  });
});
