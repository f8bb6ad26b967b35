import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of one cluster in the configuration Standard; the rate of an ACU under I/O-Optimized was not found. */
const AwsAuroraServerlessV2UsageSchema = fields({
  /** Capacity runs in steps of half an ACU and can go down to none. */
  acuHours: amount(),
  storageGbMonths: v.optional(amount(), 0),
  ioRequests: v.optional(count(), 0),
  backupGbMonths: v.optional(amount(), 0),
});

/** Clusters of Aurora Serverless v2. */
export const awsAuroraServerlessV2: BilledService = {
  id: 'aws-aurora-serverless-v2',
  unpriced: 'the price of an ACU-hour under I/O-Optimized was not found',
  plans: {
    standard: planOf(AwsAuroraServerlessV2UsageSchema, (usage, prices) =>
      meterAll(prices, 'aws-aurora-serverless-v2', {
        acu: usage.acuHours,
        storage: usage.storageGbMonths,
        io: usage.ioRequests,
        backup: usage.backupGbMonths,
      }),
    ),
  },
};
