import { count, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of the Consumption tier. */
const AzureApiManagementUsageSchema = fields({ calls: count() });

/** API Management on its Consumption tier. */
export const azureApiManagement: BilledService = {
  id: 'azure-api-management',
  plans: {
    consumption: planOf(AzureApiManagementUsageSchema, ({ calls }, prices) =>
      meterAll(prices, 'azure-api-management', { calls: calls }),
    ),
  },
};
