import * as v from 'valibot';
import { fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const right = 'a whole number from 0 to 50,000, which are free; the price of more is not known';

/** A month of one tenant. */
const AzureEntraExternalIdUsageSchema = fields({
  monthlyActiveUsers: v.pipe(
    v.number(right),
    v.integer(right),
    v.minValue(0, right),
    v.maxValue(50_000, right),
  ),
});

/** Sign-in of customers with Entra External ID. */
export const azureEntraExternalId: BilledService = {
  id: 'azure-entra-external-id',
  plans: {
    'monthly-active-users': planOf(
      AzureEntraExternalIdUsageSchema,
      ({ monthlyActiveUsers }, prices) =>
        meterAll(prices, 'azure-entra-external-id', { mau: monthlyActiveUsers }),
    ),
  },
};
