import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { openSheet } from '../pricing/price-sheet.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/sheets/azure-queue-storage.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of locally redundant queues. */
const AzureQueueStorageUsageSchema = fields({
  storageGbMonths: v.optional(amount(), 0),
  /** Every put, get and delete is one; the classes cost the same. */
  operations: v.optional(count(), 0),
});

const azureQueueStorageSheet = openSheet(data);

/** Queues of a general-purpose v2 storage account. */
export const azureQueueStorage: BilledService = {
  id: 'azure-queue-storage',
  sheet: azureQueueStorageSheet,
  plans: {
    lrs: planOf(AzureQueueStorageUsageSchema, ({ storageGbMonths, operations }, region) => [
      {
        quantity: exactly(storageGbMonths),
        price: azureQueueStorageSheet.price(region, 'storage'),
      },
      { quantity: exactly(operations), price: azureQueueStorageSheet.price(region, 'operations') },
    ]),
  },
};
