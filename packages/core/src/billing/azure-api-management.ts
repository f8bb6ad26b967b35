import { count, fields } from '../input-fields.ts';
import { exactly } from '../pricing/quantity.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of the Consumption tier. */
const AzureApiManagementUsageSchema = fields({ calls: count() });

/** API Management on its Consumption tier. */
export const azureApiManagement: BilledService = {
  id: 'azure-api-management',
  plans: {
    consumption: planOf(AzureApiManagementUsageSchema, ({ calls }, prices) => [
      { quantity: exactly(calls), price: prices.price('azure-api-management', 'calls') },
    ]),
  },
};
