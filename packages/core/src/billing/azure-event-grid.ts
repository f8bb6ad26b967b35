import { count, fields } from '../input-fields.ts';
import { openSheet } from '../pricing/price-sheet.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/sheets/azure-event-grid.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of the topics; events coming in and attempts to deliver them are operations alike. */
const AzureEventGridUsageSchema = fields({ operations: count() });

const azureEventGridSheet = openSheet(data);

/** Topics of Event Grid, paid by operation. */
export const azureEventGrid: BilledService = {
  id: 'azure-event-grid',
  sheet: azureEventGridSheet,
  plans: {
    basic: planOf(AzureEventGridUsageSchema, ({ operations }, region) => [
      { quantity: exactly(operations), price: azureEventGridSheet.price(region, 'operations') },
    ]),
  },
};
