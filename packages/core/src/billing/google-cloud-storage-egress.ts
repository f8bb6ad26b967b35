import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/google-cloud-storage-egress.json' with { type: 'json' };
import type { Metered } from './metered.ts';
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

const list = openPriceList(data);

/** Each destination has tiers of its own. */
function meterGoogleCloudStorageEgress(
  usage: v.InferOutput<typeof GoogleCloudStorageEgressUsageSchema>,
  region: string,
): readonly Metered[] {
  return [
    { quantity: exactly(usage.worldwideGb), price: list.price(region, 'worldwide') },
    { quantity: exactly(usage.asiaGb), price: list.price(region, 'asia') },
    { quantity: exactly(usage.chinaGb), price: list.price(region, 'china') },
    { quantity: exactly(usage.australiaGb), price: list.price(region, 'australia') },
    { quantity: exactly(usage.sameContinentGb), price: list.price(region, 'same-continent') },
  ];
}

/** What leaves Cloud Storage. */
export const googleCloudStorageEgress: BilledService = {
  id: 'google-cloud-storage-egress',
  list,
  plans: {
    'pay-per-gb': planOf(GoogleCloudStorageEgressUsageSchema, meterGoogleCloudStorageEgress),
  },
};
