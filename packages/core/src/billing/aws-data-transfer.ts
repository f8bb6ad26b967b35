import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, times } from '../pricing/quantity.ts';
import { meterUsed, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of what leaves one region; a GB is 1,024 MB, as the tiers are (10 TB are 10,240 GB). */
const AwsDataTransferUsageSchema = fields({
  internetGb: v.optional(amount(), 0),
  otherRegionsGb: v.optional(amount(), 0),
  /** Between us-east-1 and us-east-2. */
  usEastGb: v.optional(amount(), 0),
  /** Between the zones of the region, counted once. */
  otherZonesGb: v.optional(amount(), 0),
});

/** A month of what leaves one region. */
type AwsDataTransferUsage = v.InferOutput<typeof AwsDataTransferUsageSchema>;

/** What any AWS service of a region sends to the internet; all of them share one allowance and its tiers. */
export function meterAwsEgress(gb: number, prices: RegionPrices): readonly Metered[] {
  return meterUsed(prices, 'aws-data-transfer', { internet: gb });
}

/** What comes in is free. What passes between zones is billed on both sides (1,000 GB as 2,000 on the list's `golden`). */
function meterAwsDataTransfer(
  usage: AwsDataTransferUsage,
  prices: RegionPrices,
): readonly Metered[] {
  return meterUsed(prices, 'aws-data-transfer', {
    internet: usage.internetGb,
    'us-east': usage.usEastGb,
    'other-regions': usage.otherRegionsGb,
    'other-zones': times(exactly(usage.otherZonesGb), 2n),
  });
}

/** Data that leaves a region of AWS. */
export const awsDataTransfer: BilledService = {
  id: 'aws-data-transfer',
  plans: { 'pay-per-gb': planOf(AwsDataTransferUsageSchema, meterAwsDataTransfer) },
};
