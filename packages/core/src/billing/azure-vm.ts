import * as v from 'valibot';
import { sizesOf } from '../catalog/servers.ts';
import { amount, fields, flag, oneOf } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, quantity } from '../pricing/quantity.ts';
import { meterAzureEgress } from './azure-bandwidth.ts';
import type { Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** The sizes of virtual machine with a price. */
export const azureVmSizes = sizesOf('azure');

/** The managed disks with a price. */
export const azureVmDisks = ['S4', 'E4', 'E30', 'P4'] as const;

/** A month of one virtual machine, on demand, Linux. */
const AzureVmUsageSchema = fields({
  size: oneOf(azureVmSizes),
  hours: amount(),
  /** A managed disk with local redundancy, kept for the whole month. */
  disk: v.optional(oneOf(azureVmDisks)),
  publicIpv4: v.optional(flag()),
  egressGb: v.optional(amount()),
});

/** A month of one virtual machine, on demand, Linux. */
type AzureVmUsage = { readonly size: string } & Omit<
  v.InferOutput<typeof AzureVmUsageSchema>,
  'size'
>;

/** The hours of the machine, its disk and address where it has them, and what it sends to the internet. */
export function meterAzureVm(usage: AzureVmUsage, prices: RegionPrices): readonly Metered[] {
  const { size, disk, publicIpv4 } = usage;
  const hours = exactly(usage.hours);
  const metered: Metered[] = [{ quantity: hours, price: prices.price('azure-vm', size) }];
  if (disk !== undefined) {
    metered.push({ quantity: quantity(1n), price: prices.price('azure-vm', `disk-${disk}`) });
  }
  if (publicIpv4 === true) {
    metered.push({ quantity: hours, price: prices.price('azure-vm', 'ipv4') });
  }
  metered.push(...meterAzureEgress(usage.egressGb ?? 0, prices));
  return metered;
}

/** Virtual machines. */
export const azureVm: BilledService = {
  id: 'azure-vm',
  plans: { 'pay-as-you-go': planOf(AzureVmUsageSchema, meterAzureVm) },
};
