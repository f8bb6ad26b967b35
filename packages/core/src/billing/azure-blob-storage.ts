import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
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
    'hot-lrs': planOf(AzureBlobStorageUsageSchema, (usage, prices) =>
      meterAll(prices, 'azure-blob-storage', {
        storage: usage.storageGbMonths,
        writes: usage.writes,
        reads: usage.reads,
      }),
    ),
  },
};
