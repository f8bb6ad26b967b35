import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { NoPriceError, type MeterPrice } from '../pricing/price-list.ts';
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

/** The zones of the list: North America and Europe; Asia and Australia; South America and Africa. */
const zones = ['zone-1', 'zone-2', 'zone-3'];

/**
 * The price of what leaves a region. One meter counts all regions of a zone, tiers included, so it is that of the zone
 * with the price of the region; throws `NoPriceError` where the region has none.
 */
export function azureEgressPrice(id: string, prices: RegionPrices): MeterPrice {
  const { region } = prices;
  const own = prices.price('azure-bandwidth', id);
  if (zones.includes(region)) return own;
  const zone = zones.find((each) => isIn(each, { id, own, prices }));
  return zone === undefined ? own : prices.price('azure-bandwidth', id, zone);
}

interface OfRegion {
  readonly id: string;
  readonly own: MeterPrice;
  readonly prices: RegionPrices;
}

function isIn(zone: string, { id, own, prices }: OfRegion): boolean {
  try {
    const { tiers } = prices.price('azure-bandwidth', id, zone);
    return tiers[0]?.unitPrice === own.tiers[0]?.unitPrice;
  } catch (error) {
    if (error instanceof NoPriceError) return false;
    throw error;
  }
}

/** What anything in Azure sends to the internet; all of it shares one allowance and its tiers. */
export function meterAzureEgress(gb: number, prices: RegionPrices): readonly Metered[] {
  return gb === 0 ? [] : [meter('internet', gb, prices)];
}

function meter(id: string, gb: number, prices: RegionPrices): Metered {
  return { quantity: exactly(gb), price: azureEgressPrice(id, prices) };
}

/** Data transfer out of a region. */
export const azureBandwidth: BilledService = {
  id: 'azure-bandwidth',
  plans: {
    'data-transfer': planOf(AzureBandwidthUsageSchema, (usage, prices) => [
      meter('internet', usage.internetGb, prices),
      ...(usage.routedOverInternetGb === 0
        ? []
        : [meter('internet-routed', usage.routedOverInternetGb, prices)]),
      {
        quantity: exactly(usage.betweenNorthAmericanRegionsGb),
        price: prices.price('azure-bandwidth', 'between-regions', 'zone-1'),
      },
    ]),
  },
};
