import { describe, expect, test } from 'vitest';
import awsDynamodb from './lists/aws-dynamodb.json' with { type: 'json' };
import awsLambda from './lists/aws-lambda.json' with { type: 'json' };
import { NoPriceError } from './price-list.ts';
import { openPriceLists } from './price-lists.ts';

const lists = openPriceLists([awsLambda, awsDynamodb]);

describe('price lists', () => {
  test('give one price of a region, always the same object', () => {
    const prices = lists.in('us-east-1');
    expect(prices.region).toBe('us-east-1');
    expect(prices.price('aws-lambda', 'requests')).toBe(
      lists.list('aws-lambda').price('us-east-1', 'requests'),
    );
  });

  test('give a price of another region where one is named', () => {
    expect(lists.in('mars').price('aws-lambda', 'requests', 'us-east-1').region).toBe('us-east-1');
    expect(() => lists.in('mars').price('aws-lambda', 'requests')).toThrow(NoPriceError);
  });

  test('hold nothing but what they were opened with', () => {
    expect(() => lists.list('aws-sqs')).toThrow('There is no price list aws-sqs');
    expect(() => lists.list('constructor')).toThrow('There is no price list constructor');
    expect(lists.own).toEqual([]);
  });
});
