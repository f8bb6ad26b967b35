import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/azure-queue-storage.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of locally redundant queues. */
const AzureQueueStorageUsageSchema = fields({
  storageGbMonths: v.optional(amount(), 0),
  /** Every put, get and delete is one; the classes cost the same. */
  operations: v.optional(count(), 0),
});

const azureQueueStoragePrices = openPriceList(data);

/** Queues of a general-purpose v2 storage account. */
export const azureQueueStorage: BilledService = {
  id: 'azure-queue-storage',
  list: azureQueueStoragePrices,
  plans: {
    lrs: planOf(AzureQueueStorageUsageSchema, ({ storageGbMonths, operations }, region) => [
      {
        quantity: exactly(storageGbMonths),
        price: azureQueueStoragePrices.price(region, 'storage'),
      },
      { quantity: exactly(operations), price: azureQueueStoragePrices.price(region, 'operations') },
    ]),
  },
};
