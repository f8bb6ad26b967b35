import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly } from '../pricing/quantity.ts';
import type { Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of what leaves a region; what comes in is free. */
const AzureBandwidthUsageSchema = fields({
  /** To the internet, on Microsoft's own network as far as it goes. */
  internetGb: v.optional(amount(), 0),
  /** To the internet, handed over to it as near to the region as it goes: routing preference "internet". */
  routedOverInternetGb: v.optional(amount(), 0),
  /** From one region of North America to another; elsewhere the price is not known. */
  betweenNorthAmericanRegionsGb: v.optional(amount(), 0),
});

/** One meter counts all regions of a zone, tiers included, so its price is that of the zone. */
export const azureBandwidthZone = 'zone-1';

/** What anything in Azure sends to the internet; all of it shares one allowance and its tiers. */
export function meterAzureEgress(gb: number, prices: RegionPrices): readonly Metered[] {
  if (gb === 0) return [];
  const price = prices.price('azure-bandwidth', 'internet', azureBandwidthZone);
  return [{ quantity: exactly(gb), price }];
}

/** Data transfer out of the regions of North America and Europe. */
export const azureBandwidth: BilledService = {
  id: 'azure-bandwidth',
  plans: {
    'data-transfer': planOf(
      AzureBandwidthUsageSchema,
      ({ internetGb, routedOverInternetGb, betweenNorthAmericanRegionsGb }, prices) => [
        {
          quantity: exactly(internetGb),
          price: prices.price('azure-bandwidth', 'internet', azureBandwidthZone),
        },
        ...(routedOverInternetGb === 0
          ? []
          : [
              {
                quantity: exactly(routedOverInternetGb),
                price: prices.price('azure-bandwidth', 'internet-routed', azureBandwidthZone),
              },
            ]),
        {
          quantity: exactly(betweenNorthAmericanRegionsGb),
          price: prices.price('azure-bandwidth', 'between-regions', azureBandwidthZone),
        },
      ],
    ),
  },
};
