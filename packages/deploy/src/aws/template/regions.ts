import { regionsOf } from '@tricloud/core/catalog';

/** Regions with Lambda and HTTP APIs, GovCloud and China among them. */
export const regions = regionsOf('aws');

/**
 * The partition of a region: its name in ARNs, and the domain of its endpoints.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionOf(region: string): { readonly name: string; readonly domain: string } {
  if (region.startsWith('cn-')) return { name: 'aws-cn', domain: 'amazonaws.com.cn' };
  if (region.startsWith('us-gov-')) return { name: 'aws-us-gov', domain: 'amazonaws.com' };
  if (region.startsWith('eusc-')) return { name: 'aws-eusc', domain: 'amazonaws.eu' };
  return { name: 'aws', domain: 'amazonaws.com' };
}
