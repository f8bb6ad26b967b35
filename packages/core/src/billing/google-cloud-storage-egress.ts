import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of what leaves the buckets of one place, by where it goes; 1 TB are 1,024 GB. */
const GoogleCloudStorageEgressUsageSchema = fields({
  /** Anywhere but Asia, China and Australia. */
  worldwideGb: v.optional(amount(), 0),
  /** Asia with Hong Kong, without the rest of China. */
  asiaGb: v.optional(amount(), 0),
  chinaGb: v.optional(amount(), 0),
  australiaGb: v.optional(amount(), 0),
  /** To another place of Google Cloud on the same continent. */
  sameContinentGb: v.optional(amount(), 0),
});

/** What leaves Cloud Storage. */
export const googleCloudStorageEgress: BilledService = {
  id: 'google-cloud-storage-egress',
  plans: {
    'pay-per-gb': planOf(GoogleCloudStorageEgressUsageSchema, (usage, prices) =>
      // Each destination has tiers of its own.
      meterAll(prices, 'google-cloud-storage-egress', {
        worldwide: usage.worldwideGb,
        asia: usage.asiaGb,
        china: usage.chinaGb,
        australia: usage.australiaGb,
        'same-continent': usage.sameContinentGb,
      }),
    ),
  },
};
