import * as v from 'valibot';
import { serverSizes, sizesOf } from '../catalog/servers.ts';
import { amount, fields, oneOf, withKnownPrices } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { meterAwsEgress } from './aws-data-transfer.ts';
import { meterAll, meterUsed, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const surplusPrices = new Map(serverSizes.map(({ size, surplusPrice }) => [size, surplusPrice]));

/** A month of instances of one size, on demand, Linux, with what hangs on them. */
const AwsEc2UsageSchema = v.pipe(
  fields({
    size: oneOf(sizesOf('aws'), withKnownPrices),
    /** Of all instances together. */
    hours: amount(),
    /** What a burstable size in unlimited mode used beyond its credits. */
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
      ({ size, cpuCreditVcpuHours }) =>
        cpuCreditVcpuHours === 0 || typeof surplusPrices.get(size) === 'string',
      '0 for a size that does not burst',
    ),
    ['cpuCreditVcpuHours'],
  ),
);

/** A month of instances of one size; what is left out is none. */
type AwsEc2Usage = { readonly size: string; readonly hours: number } & Partial<
  Omit<v.InferOutput<typeof AwsEc2UsageSchema>, 'size'>
>;

/** The hours of the machine, and whatever else is used of credits, disk, public address and egress. */
export function meterAwsEc2(usage: AwsEc2Usage, prices: RegionPrices): readonly Metered[] {
  const { size, hours, egressGb = 0 } = usage;
  return [
    ...meterAll(prices, 'aws-ec2', { [size]: hours }),
    ...meterUsed(prices, 'aws-ec2', {
      [surplusPrices.get(size) ?? 'cpu-credits']: usage.cpuCreditVcpuHours,
      gp2: usage.gp2GbMonths,
      gp3: usage.gp3GbMonths,
      ipv4: usage.publicIpv4Hours,
      alb: usage.loadBalancerHours,
      'alb-capacity': usage.loadBalancerCapacityUnitHours,
      'nat-gateway': usage.natGatewayHours,
      'nat-gateway-data': usage.natGatewayGb,
    }),
    ...meterAwsEgress(egressGb, prices),
  ];
}

/** A month of instances of one size that are committed to for one year. */
const CommittedSchema = fields({ size: oneOf(sizesOf('aws'), withKnownPrices), hours: amount() });

/** Virtual machines of EC2. */
export const awsEc2: BilledService = {
  id: 'aws-ec2',
  plans: {
    'on-demand': planOf(AwsEc2UsageSchema, meterAwsEc2),
    'commitment-1y': planOf(CommittedSchema, ({ size, hours }, prices) =>
      meterAll(prices, 'aws-ec2', { [`${size}-1y`]: hours }),
    ),
  },
};
