import * as v from 'valibot';
import { sizesOf } from '../catalog/servers.ts';
import { amount, fields, flag, oneOf } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { meterAzureEgress } from './azure-bandwidth.ts';
import { meterAll, meterUsed, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** The sizes of virtual machine with a price. */
const azureVmSizes = sizesOf('azure');

/** The managed disks with a price. */
const azureVmDisks = ['S4', 'E4', 'E30', 'P4'] as const;

/** A month of one virtual machine, on demand, Linux. */
const AzureVmUsageSchema = fields({
  size: oneOf(azureVmSizes),
  hours: amount(),
  /** A managed disk with local redundancy, kept for the whole month. */
  disk: v.optional(oneOf(azureVmDisks)),
  publicIpv4: v.optional(flag()),
  /** Of application gateways (Basic), and the capacity units that they used. */
  applicationGatewayHours: v.optional(amount()),
  applicationGatewayCapacityUnitHours: v.optional(amount()),
  egressGb: v.optional(amount()),
});

/** A month of one virtual machine, on demand, Linux. */
type AzureVmUsage = { readonly size: string } & Omit<
  v.InferOutput<typeof AzureVmUsageSchema>,
  'size'
>;

/** The hours of the machine, its disk and address where it has them, and what it sends to the internet. */
export function meterAzureVm(usage: AzureVmUsage, prices: RegionPrices): readonly Metered[] {
  const { size, hours, disk, publicIpv4, egressGb = 0 } = usage;
  return [
    ...meterAll(prices, 'azure-vm', {
      [size]: hours,
      ...(disk === undefined ? {} : { [`disk-${disk}`]: 1 }),
      ...(publicIpv4 === true ? { ipv4: hours } : {}),
    }),
    ...meterUsed(prices, 'azure-vm', {
      'application-gateway': usage.applicationGatewayHours ?? 0,
      'application-gateway-capacity': usage.applicationGatewayCapacityUnitHours ?? 0,
    }),
    ...meterAzureEgress(egressGb, prices),
  ];
}

/** Virtual machines. */
export const azureVm: BilledService = {
  id: 'azure-vm',
  plans: { 'pay-as-you-go': planOf(AzureVmUsageSchema, meterAzureVm) },
};
