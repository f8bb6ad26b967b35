import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { exactly } from '../pricing/quantity.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of blobs on the hot tier, locally redundant. */
const AzureBlobStorageUsageSchema = fields({
  storageGbMonths: v.optional(amount(), 0),
  /** Writes, and lists of blobs and containers. */
  writes: v.optional(count(), 0),
  reads: v.optional(count(), 0),
});

/** Blobs of a general-purpose v2 storage account. */
export const azureBlobStorage: BilledService = {
  id: 'azure-blob-storage',
  plans: {
    'hot-lrs': planOf(AzureBlobStorageUsageSchema, (usage, prices) => [
      {
        quantity: exactly(usage.storageGbMonths),
        price: prices.price('azure-blob-storage', 'storage'),
      },
      { quantity: exactly(usage.writes), price: prices.price('azure-blob-storage', 'writes') },
      { quantity: exactly(usage.reads), price: prices.price('azure-blob-storage', 'reads') },
    ]),
  },
};
