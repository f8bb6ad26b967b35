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
  return gb === 0 ? [] : [meter('internet', gb, prices)];
}

function meter(id: string, gb: number, prices: RegionPrices): Metered {
  return { quantity: exactly(gb), price: prices.price('azure-bandwidth', id, azureBandwidthZone) };
}

/** Data transfer out of the regions of North America and Europe. */
export const azureBandwidth: BilledService = {
  id: 'azure-bandwidth',
  plans: {
    'data-transfer': planOf(AzureBandwidthUsageSchema, (usage, prices) => [
      meter('internet', usage.internetGb, prices),
      ...(usage.routedOverInternetGb === 0
        ? []
        : [meter('internet-routed', usage.routedOverInternetGb, prices)]),
      meter('between-regions', usage.betweenNorthAmericanRegionsGb, prices),
    ]),
  },
};
