import { regionsOf } from '@tricloud/core/catalog';

/** Regions with Lambda and HTTP APIs, GovCloud and China among them. */
export const regions = regionsOf('aws');

/** What the regions of one of AWS's clouds share. */
export interface Partition {
  /** What stands in an ARN, such as `aws`. */
  readonly name: string;
  readonly domain: string;
}

const usual: Partition = { name: 'aws', domain: 'amazonaws.com' };

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html, and the domains by which the SDK finds them.
const others: readonly (readonly [string, Partition])[] = [
  ['cn-', { name: 'aws-cn', domain: 'amazonaws.com.cn' }],
  ['us-gov-', { name: 'aws-us-gov', domain: 'amazonaws.com' }],
  ['eusc-', { name: 'aws-eusc', domain: 'amazonaws.eu' }],
];

/** The cloud of AWS that a region belongs to. */
export function partitionOf(region: string): Partition {
  return others.find(([prefix]) => region.startsWith(prefix))?.[1] ?? usual;
}
