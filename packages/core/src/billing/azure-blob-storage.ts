import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/azure-blob-storage.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of blobs on the hot tier, locally redundant. */
const AzureBlobStorageUsageSchema = fields({
  storageGbMonths: v.optional(amount(), 0),
  /** Writes, and lists of blobs and containers. */
  writes: v.optional(count(), 0),
  reads: v.optional(count(), 0),
});

const azureBlobStoragePrices = openPriceList(data);

/** Blobs of a general-purpose v2 storage account. */
export const azureBlobStorage: BilledService = {
  id: 'azure-blob-storage',
  list: azureBlobStoragePrices,
  plans: {
    'hot-lrs': planOf(AzureBlobStorageUsageSchema, (usage, region) => [
      {
        quantity: exactly(usage.storageGbMonths),
        price: azureBlobStoragePrices.price(region, 'storage'),
      },
      { quantity: exactly(usage.writes), price: azureBlobStoragePrices.price(region, 'writes') },
      { quantity: exactly(usage.reads), price: azureBlobStoragePrices.price(region, 'reads') },
    ]),
  },
};
