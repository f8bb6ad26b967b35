import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of locally redundant queues. */
const AzureQueueStorageUsageSchema = fields({
  storageGbMonths: v.optional(amount(), 0),
  /** Every put, get and delete is one; the classes cost the same. */
  operations: v.optional(count(), 0),
});

/** Queues of a general-purpose v2 storage account. */
export const azureQueueStorage: BilledService = {
  id: 'azure-queue-storage',
  plans: {
    lrs: planOf(AzureQueueStorageUsageSchema, ({ storageGbMonths, operations }, prices) =>
      meterAll(prices, 'azure-queue-storage', { storage: storageGbMonths, operations: operations }),
    ),
  },
};
