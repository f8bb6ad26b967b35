import * as v from 'valibot';
import { amount, fields, oneOf, withKnownPrices } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { meterAwsEgress } from './aws-data-transfer.ts';
import { meterAll, meterUsed, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const sizes = [
  't2.micro',
  't2.medium',
  't3.nano',
  't3.micro',
  't3.small',
  't3.medium',
  't3.large',
  't3.xlarge',
  't3a.large',
  't4g.nano',
  't4g.micro',
  't4g.small',
  't4g.medium',
  'm5.large',
  'm7g.xlarge',
] as const;

/** A month of instances of one size, on demand, Linux, with what hangs on them. */
const AwsEc2UsageSchema = v.pipe(
  fields({
    size: oneOf(sizes, withKnownPrices),
    /** Of all instances together. */
    hours: amount(),
    /** What a T2 or T3 in unlimited mode used beyond its credits. */
    cpuCreditVcpuHours: v.optional(amount(), 0),
    gp2GbMonths: v.optional(amount(), 0),
    gp3GbMonths: v.optional(amount(), 0),
    publicIpv4Hours: v.optional(amount(), 0),
    /** Of application load balancers, and the capacity units that they used. */
    loadBalancerHours: v.optional(amount(), 0),
    loadBalancerCapacityUnitHours: v.optional(amount(), 0),
    natGatewayHours: v.optional(amount(), 0),
    /** What passes through them, either way. */
    natGatewayGb: v.optional(amount(), 0),
    egressGb: v.optional(amount(), 0),
  }),
  v.forward(
    v.partialCheck(
      [['size'], ['cpuCreditVcpuHours']],
      ({ size, cpuCreditVcpuHours }) => cpuCreditVcpuHours === 0 || /^t[23]\./.test(size),
      '0 for a size that is neither T2 nor T3: the price of credits is known for those alone',
    ),
    ['cpuCreditVcpuHours'],
  ),
);

/** A month of instances of one size; what is left out is none. */
type AwsEc2Usage = Pick<v.InferOutput<typeof AwsEc2UsageSchema>, 'size' | 'hours'> &
  Partial<v.InferOutput<typeof AwsEc2UsageSchema>>;

/** The hours of the machine, and whatever else is used of credits, disk, public address and egress. */
export function meterAwsEc2(usage: AwsEc2Usage, prices: RegionPrices): readonly Metered[] {
  const { size, hours, egressGb = 0 } = usage;
  return [
    ...meterAll(prices, 'aws-ec2', { [size]: hours }),
    ...meterUsed(prices, 'aws-ec2', {
      'cpu-credits': usage.cpuCreditVcpuHours ?? 0,
      gp2: usage.gp2GbMonths ?? 0,
      gp3: usage.gp3GbMonths ?? 0,
      ipv4: usage.publicIpv4Hours ?? 0,
      alb: usage.loadBalancerHours ?? 0,
      'alb-capacity': usage.loadBalancerCapacityUnitHours ?? 0,
      'nat-gateway': usage.natGatewayHours ?? 0,
      'nat-gateway-data': usage.natGatewayGb ?? 0,
    }),
    ...meterAwsEgress(egressGb, prices),
  ];
}

/** Virtual machines of EC2. */
export const awsEc2: BilledService = {
  id: 'aws-ec2',
  plans: { 'on-demand': planOf(AwsEc2UsageSchema, meterAwsEc2) },
};
