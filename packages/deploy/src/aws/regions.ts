/**
 * Regions in which Lambda and HTTP APIs are offered, GovCloud and China among them.
 * https://docs.aws.amazon.com/general/latest/gr/lambda-service.html
 */
export const regions: readonly string[] = `
  us-east-1 us-east-2 us-west-1 us-west-2 us-gov-east-1 us-gov-west-1 ca-central-1 ca-west-1 mx-central-1 sa-east-1
  eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 eusc-de-east-1
  ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2
  ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7
  me-central-1 me-south-1 il-central-1 af-south-1 cn-north-1 cn-northwest-1`
  .trim()
  .split(/\s+/);

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
