import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/azure-bandwidth.json' with { type: 'json' };
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

export const azureBandwidthPrices = openPriceList(data);

/** One meter counts all regions of a zone, tiers included, so its price is that of the zone. */
export const azureBandwidthZone = 'zone-1';

/** What anything in Azure sends to the internet; all of it shares one allowance and its tiers. */
export function meterAzureEgress(gb: number): readonly Metered[] {
  if (gb === 0) return [];
  const price = azureBandwidthPrices.price(azureBandwidthZone, 'internet');
  return [{ quantity: exactly(gb), price }];
}

/** Data transfer out of the regions of North America and Europe. */
export const azureBandwidth: BilledService = {
  id: 'azure-bandwidth',
  list: azureBandwidthPrices,
  plans: {
    'data-transfer': planOf(
      AzureBandwidthUsageSchema,
      ({ internetGb, routedOverInternetGb, betweenNorthAmericanRegionsGb }) => [
        {
          quantity: exactly(internetGb),
          price: azureBandwidthPrices.price(azureBandwidthZone, 'internet'),
        },
        ...(routedOverInternetGb === 0
          ? []
          : [
              {
                quantity: exactly(routedOverInternetGb),
                price: azureBandwidthPrices.price(azureBandwidthZone, 'internet-routed'),
              },
            ]),
        {
          quantity: exactly(betweenNorthAmericanRegionsGb),
          price: azureBandwidthPrices.price(azureBandwidthZone, 'between-regions'),
        },
      ],
    ),
  },
};
