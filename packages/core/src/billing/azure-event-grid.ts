import { count, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/azure-event-grid.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of the topics; events coming in and attempts to deliver them are operations alike. */
const AzureEventGridUsageSchema = fields({ operations: count() });

const azureEventGridPrices = openPriceList(data);

/** Topics of Event Grid, paid by operation. */
export const azureEventGrid: BilledService = {
  id: 'azure-event-grid',
  list: azureEventGridPrices,
  plans: {
    basic: planOf(AzureEventGridUsageSchema, ({ operations }, region) => [
      { quantity: exactly(operations), price: azureEventGridPrices.price(region, 'operations') },
    ]),
  },
};
