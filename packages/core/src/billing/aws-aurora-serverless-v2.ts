import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly } from '../pricing/quantity.ts';
import type { Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of one cluster in the configuration Standard; the rate of an ACU under I/O-Optimized was not found. */
const AwsAuroraServerlessV2UsageSchema = fields({
  /** Capacity runs in steps of half an ACU and can go down to none. */
  acuHours: amount(),
  storageGbMonths: v.optional(amount(), 0),
  ioRequests: v.optional(count(), 0),
  backupGbMonths: v.optional(amount(), 0),
});

/** A month of one cluster. */
type AwsAuroraServerlessV2Usage = v.InferOutput<typeof AwsAuroraServerlessV2UsageSchema>;

function meterAwsAuroraServerlessV2(
  { acuHours, storageGbMonths, ioRequests, backupGbMonths }: AwsAuroraServerlessV2Usage,
  prices: RegionPrices,
): readonly Metered[] {
  const price = (id: string) => prices.price('aws-aurora-serverless-v2', id);
  return [
    { quantity: exactly(acuHours), price: price('acu') },
    { quantity: exactly(storageGbMonths), price: price('storage') },
    { quantity: exactly(ioRequests), price: price('io') },
    { quantity: exactly(backupGbMonths), price: price('backup') },
  ];
}

/** Clusters of Aurora Serverless v2. */
export const awsAuroraServerlessV2: BilledService = {
  id: 'aws-aurora-serverless-v2',
  unpriced: 'the price of an ACU-hour under I/O-Optimized was not found',
  plans: { standard: planOf(AwsAuroraServerlessV2UsageSchema, meterAwsAuroraServerlessV2) },
};
