import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { meterAll, meterUsed, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of what functions, containers and machines of one region send to the internet, by where it goes. */
const GoogleNetworkEgressUsageSchema = fields({
  /** Anywhere but China and Australia. */
  worldwideGib: v.optional(amount(), 0),
  chinaGib: v.optional(amount(), 0),
  australiaGib: v.optional(amount(), 0),
});

/** A month of what goes to the internet straight from the region, in the Standard tier. */
const StandardTierSchema = fields({ worldwideGib: amount() });

/** Egress in the Premium tier of the network; what comes in is free. */
export function meterGoogleNetworkEgress(
  usage: Partial<v.InferOutput<typeof GoogleNetworkEgressUsageSchema>>,
  prices: RegionPrices,
): readonly Metered[] {
  const { worldwideGib = 0, chinaGib = 0, australiaGib = 0 } = usage;
  const used = { worldwide: worldwideGib, china: chinaGib, australia: australiaGib };
  return meterUsed(prices, 'google-network-egress', used);
}

/** What leaves a region of Google Cloud. */
export const googleNetworkEgress: BilledService = {
  id: 'google-network-egress',
  plans: {
    'premium-tier': planOf(GoogleNetworkEgressUsageSchema, meterGoogleNetworkEgress),
    'standard-tier': planOf(StandardTierSchema, ({ worldwideGib }, prices) =>
      meterAll(prices, 'google-network-egress', { 'standard-tier': worldwideGib }),
    ),
  },
};
