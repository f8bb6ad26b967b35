import { count, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/azure-api-management.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of the Consumption tier. */
const AzureApiManagementUsageSchema = fields({ calls: count() });

export const azureApiManagementPrices = openPriceList(data);

/** API Management on its Consumption tier. */
export const azureApiManagement: BilledService = {
  id: 'azure-api-management',
  list: azureApiManagementPrices,
  plans: {
    consumption: planOf(AzureApiManagementUsageSchema, ({ calls }, region) => [
      { quantity: exactly(calls), price: azureApiManagementPrices.price(region, 'calls') },
    ]),
  },
};
