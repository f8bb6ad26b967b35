import { count, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of the topics; events coming in and attempts to deliver them are operations alike. */
const AzureEventGridUsageSchema = fields({ operations: count() });

/** Topics of Event Grid, paid by operation. */
export const azureEventGrid: BilledService = {
  id: 'azure-event-grid',
  plans: {
    basic: planOf(AzureEventGridUsageSchema, ({ operations }, prices) =>
      meterAll(prices, 'azure-event-grid', { operations: operations }),
    ),
  },
};
