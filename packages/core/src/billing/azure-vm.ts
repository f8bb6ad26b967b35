import * as v from 'valibot';
import { openSheet } from '../pricing/price-sheet.ts';
import { quantity } from '../pricing/quantity.ts';
import data from '../pricing/sheets/azure-vm.json' with { type: 'json' };
import type { Metered } from './metered.ts';

/** Hours of one Azure virtual machine, on demand, Linux. */
export const AzureVmUsageSchema = v.strictObject({
  size: v.picklist(['B1ms', 'B2ms']),
  hours: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** Hours of one Azure virtual machine, on demand, Linux. */
export type AzureVmUsage = v.InferOutput<typeof AzureVmUsageSchema>;

export const azureVmSheet = openSheet(data);

/** The hours of the machine; disk, public address and traffic are not part of it. */
export function meterAzureVm(usage: AzureVmUsage, region: string): readonly Metered[] {
  return [
    {
      meter: 'instance',
      quantity: quantity(BigInt(usage.hours)),
      price: azureVmSheet.price(region, usage.size),
    },
  ];
}
