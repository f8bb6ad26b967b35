import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../invalid-input.ts';
import { divideHalfUp, fromUsd } from '../money/picodollars.ts';
import { priceLists, withOwnPrices } from '../price-lists.ts';

import { parseOwnPrices } from './own-prices.ts';

const region = 'us-east-1';
const compute = 'compute-x86_64';

function unitPrices(own: Readonly<Record<string, string>>, id = compute, where = region) {
  return withOwnPrices(own)
    .in(where)
    .price('aws-lambda', id)
    .tiers.map(({ unitPriceUsd }) => unitPriceUsd);
}

describe('own prices', () => {
  test.each([
    { own: {}, is: ['0.0000166667', '0.000015', '0.0000133334'], why: 'without any, the list' },
    { own: { 'aws-lambda/compute-x86_64': '0.00001' }, is: ['0.00001'], why: 'tiers fall away' },
    {
      own: { 'aws-lambda': '-10%' },
      is: ['0.00001500003', '0.0000135', '0.00001200006'],
      why: 'a discount is taken off every tier',
    },
    { own: { 'aws-lambda': '-100%' }, is: ['0', '0', '0'], why: 'everything may be taken off' },
    {
      own: { 'aws-lambda': '-0.00001%' },
      is: ['0.000016666698', '0.000014999999', '0.000013333399'],
      why: 'a picodollar and a half is rounded half up',
    },
    {
      own: { 'aws-lambda/compute-arm64': '1', 'aws-ec2': '-50%' },
      is: ['0.0000166667', '0.000015', '0.0000133334'],
      why: 'another price and another service are not meant',
    },
    {
      own: { 'aws-lambda': '-10%', 'aws-lambda@us-east-1': '-20%' },
      is: ['0.00001333336', '0.000012', '0.00001066672'],
      why: 'a region is more than none, and discounts do not add up',
    },
    {
      own: { 'aws-lambda/compute-x86_64': '2', 'aws-lambda@us-east-1': '-20%' },
      is: ['2'],
      why: 'a price is more than a region',
    },
    {
      own: { 'aws-lambda/compute-x86_64@us-east-1': '3', 'aws-lambda/compute-x86_64': '2' },
      is: ['3'],
      why: 'both are more than either, in any order',
    },
  ])('$why', ({ own, is }) => {
    expect(unitPrices(own)).toEqual(is);
  });

  test('leave no trace on the lists that others use', () => {
    unitPrices({ 'aws-lambda': '-10%' });
    const price = priceLists.in(region).price('aws-lambda', compute);
    expect(price.tiers[0]?.unitPriceUsd).toBe('0.0000166667');
    expect(price.own).toBeUndefined();
    expect(priceLists.own).toEqual([]);
  });

  test('of one region hold there alone', () => {
    const prices = withOwnPrices({ 'google-cloud-run/requests@europe-west3': '1' });
    const usd = (each: string) =>
      prices.in(each).price('google-cloud-run', 'requests').tiers[0]?.unitPriceUsd;
    expect(['europe-west3', 'us-central1'].map(usd)).toEqual(['1', '0.0000004']);
  });

  test('take a discount off exactly, rounded half up to the picodollar', () => {
    const listed = priceLists.in(region).price('aws-lambda', compute).tiers;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), (millionths) => {
        const percent = `${Math.floor(millionths / 1e6)}.${String(millionths % 1e6).padStart(6, '0')}`;
        const left = 100_000_000n - BigInt(millionths);
        expect(unitPrices({ 'aws-lambda': `-${percent}%` }).map(fromUsd)).toEqual(
          listed.map(({ unitPrice }) => divideHalfUp(unitPrice * left, 100_000_000n)),
        );
      }),
    );
  });
});

function faultsOf(input: unknown): readonly string[] {
  try {
    withOwnPrices(input);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.faults.map(({ path, problem }) => `${path} ${problem}`);
  }
}

describe('own prices are refused', () => {
  test.each([
    {
      key: 'aws-lamda',
      value: '-1%',
      says: 'names no service with a price list; "aws-lambda" may be meant',
    },
    {
      key: 'aws-lamda/requests@us-east-1',
      value: '1',
      says: '"aws-lambda/requests@us-east-1" may be meant',
    },
    { key: 'mars', value: '-1%', says: 'names no service with a price list' },
    { key: '', value: '-1%', says: 'names no service with a price list' },
    { key: 'aws-ec2/t3.smal', value: '1', says: 'its prices are c5.large, ' },
    { key: 'aws-ec2/t3.smal', value: '1', says: '; "aws-ec2/t3.small" may be meant' },
    {
      key: 'aws-ec2/t3.small@us-east-l',
      value: '1',
      says: 'names no region of aws-ec2; its regions are us-east-1, ',
    },
    {
      key: 'aws-ec2/t3.small@us-east-l',
      value: '1',
      says: '; "aws-ec2/t3.small@us-east-1" may be meant',
    },
    { key: 'aws-ec2/t3.small/x', value: '1', says: 'names no service with a price list' },
    { key: 'aws-ec2@', value: '-1%', says: 'names no service with a price list' },
    { key: 'aws-dynamodb/wru@mars', value: '1', says: 'names no region of aws-dynamodb' },
    {
      key: 'aws-lambda',
      value: '0.1',
      says: 'is "0.1", but must be a discount such as "-12%"; US dollars are for one price of the service',
    },
    {
      key: 'aws-lambda/requests',
      value: 0.1,
      says: 'is 0.1, but must be US dollars per unit such as "0.0116", or a discount such as "-12%"',
    },
    { key: 'aws-lambda/requests', value: '-0.1', says: 'but must be US dollars' },
    { key: 'aws-lambda/requests', value: '1e-7', says: 'but must be US dollars' },
    { key: 'aws-lambda/requests', value: '0.0000000000001', says: 'but must be US dollars' },
    { key: 'aws-lambda', value: '-100.000001%', says: 'but must be a discount' },
    { key: 'aws-lambda', value: '12%', says: 'but must be a discount' },
    { key: 'aws-lambda', value: null, says: 'is null, but must be a discount' },
  ])('$key: $value', ({ key, value, says }) => {
    expect(faultsOf({ [key]: value })).toEqual([expect.stringContaining(says)]);
  });

  test('where the region has no such price, with the regions that do', () => {
    const { data } = priceLists.list('aws-firehose');
    const list = { ...data, regions: { ...data.regions, mars: ['mars'] } };
    expect(() => parseOwnPrices({ 'aws-firehose/vpc-data@mars': '1' }, [list])).toThrow(
      'names a price that mars does not have; it is known in ',
    );
  });

  test('all at once, and as a whole where they are no object', () => {
    expect(faultsOf({ mars: '-1%', 'aws-lambda': 1, 'aws-ec2': '-1%' })).toHaveLength(2);
    for (const input of [null, [], 'x', 1]) {
      expect(faultsOf(input)).toEqual([expect.stringContaining('but must be an object such as')]);
    }
  });

  test('without anything inherited being taken for a service', () => {
    expect(faultsOf(JSON.parse('{"__proto__":"-1%","constructor":"-1%"}'))).toHaveLength(2);
  });
});
