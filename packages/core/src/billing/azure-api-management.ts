import { count, fields } from '../input-fields.ts';
import { openSheet } from '../pricing/price-sheet.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/sheets/azure-api-management.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of the Consumption tier. */
const AzureApiManagementUsageSchema = fields({ calls: count() });

export const azureApiManagementSheet = openSheet(data);

/** API Management on its Consumption tier. */
export const azureApiManagement: BilledService = {
  id: 'azure-api-management',
  sheet: azureApiManagementSheet,
  plans: {
    consumption: planOf(AzureApiManagementUsageSchema, ({ calls }, region) => [
      { quantity: exactly(calls), price: azureApiManagementSheet.price(region, 'calls') },
    ]),
  },
};
