import * as v from 'valibot';
import { openSheet } from '../pricing/price-sheet.ts';
import { quantity } from '../pricing/quantity.ts';
import data from '../pricing/sheets/google-gce.json' with { type: 'json' };
import type { Metered } from './metered.ts';

/** Hours of one Compute Engine virtual machine, on demand, Linux. */
export const GoogleGceUsageSchema = v.strictObject({
  size: v.picklist(['e2-small', 'e2-standard-2']),
  hours: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** Hours of one Compute Engine virtual machine, on demand, Linux. */
export type GoogleGceUsage = v.InferOutput<typeof GoogleGceUsageSchema>;

export const googleGceSheet = openSheet(data);

/** The hours of the machine; disk, public address and traffic are not part of it. */
export function meterGoogleGce(usage: GoogleGceUsage, region: string): readonly Metered[] {
  return [
    {
      meter: 'instance',
      quantity: quantity(BigInt(usage.hours)),
      price: googleGceSheet.price(region, usage.size),
    },
  ];
}
