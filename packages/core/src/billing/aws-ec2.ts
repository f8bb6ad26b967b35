import * as v from 'valibot';
import { serverSizes, sizesOf } from '../catalog/servers.ts';
import { amount, fields, oneOf, withKnownPrices } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly } from '../pricing/quantity.ts';
import { meterAwsEgress } from './aws-data-transfer.ts';
import type { Metered } from './metered.ts';
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
  const { size, hours, cpuCreditVcpuHours = 0, egressGb = 0 } = usage;
  const besides = [
    { id: surplusPrices.get(size) ?? 'cpu-credits', used: cpuCreditVcpuHours },
    { id: 'gp2', used: usage.gp2GbMonths ?? 0 },
    { id: 'gp3', used: usage.gp3GbMonths ?? 0 },
    { id: 'ipv4', used: usage.publicIpv4Hours ?? 0 },
    { id: 'alb', used: usage.loadBalancerHours ?? 0 },
    { id: 'alb-capacity', used: usage.loadBalancerCapacityUnitHours ?? 0 },
    { id: 'nat-gateway', used: usage.natGatewayHours ?? 0 },
    { id: 'nat-gateway-data', used: usage.natGatewayGb ?? 0 },
  ];
  return [
    { quantity: exactly(hours), price: prices.price('aws-ec2', size) },
    ...besides
      .filter(({ used }) => used > 0)
      .map(({ id, used }) => ({ quantity: exactly(used), price: prices.price('aws-ec2', id) })),
    ...meterAwsEgress(egressGb, prices),
  ];
}

/** Virtual machines of EC2. */
export const awsEc2: BilledService = {
  id: 'aws-ec2',
  plans: { 'on-demand': planOf(AwsEc2UsageSchema, meterAwsEc2) },
};
