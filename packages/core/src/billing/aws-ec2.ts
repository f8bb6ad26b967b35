import * as v from 'valibot';
import { openSheet } from '../pricing/price-sheet.ts';
import { quantity } from '../pricing/quantity.ts';
import data from '../pricing/sheets/aws-ec2.json' with { type: 'json' };
import type { Metered } from './metered.ts';

/** Hours of one EC2 instance, on demand, Linux. */
export const AwsEc2UsageSchema = v.strictObject({
  size: v.picklist(['t3.small', 't3.large']),
  hours: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** Hours of one EC2 instance, on demand, Linux. */
export type AwsEc2Usage = v.InferOutput<typeof AwsEc2UsageSchema>;

export const awsEc2Sheet = openSheet(data);

/** The hours of the machine; disk, public address and traffic are not part of it. */
export function meterAwsEc2(usage: AwsEc2Usage, region: string): readonly Metered[] {
  return [
    {
      meter: 'instance',
      quantity: quantity(BigInt(usage.hours)),
      price: awsEc2Sheet.price(region, usage.size),
    },
  ];
}
