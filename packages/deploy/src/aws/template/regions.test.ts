import { expect, test } from 'vitest';
import { partitionOf, regions } from './regions.ts';

test.each([
  ['eu-west-1', 'aws', 'amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
])('%s is a region of %s, at %s', (region, name, domain) => {
  expect(regions).toContain(region);
  expect(partitionOf(region)).toEqual({ name, domain });
});
