import * as v from 'valibot';
import { amount, count, fields, oneOf } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly, product, quantity } from '../pricing/quantity.ts';
import data from '../pricing/lists/azure-logic-apps.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** vCPU, and half-GB of memory: https://azure.microsoft.com/en-us/pricing/details/logic-apps/, read 2026-11-22. */
const sizes = {
  WS1: { vcpu: 1n, halfGb: 7n },
  WS2: { vcpu: 2n, halfGb: 14n },
  WS3: { vcpu: 4n, halfGb: 28n },
};

/** A month of one Standard plan; what its workflows do costs nothing but the calls of managed connectors. */
const AzureLogicAppsUsageSchema = fields({
  size: oneOf(['WS1', 'WS2', 'WS3']),
  hours: amount(),
  standardConnectorCalls: v.optional(count(), 0),
  enterpriseConnectorCalls: v.optional(count(), 0),
});

const azureLogicAppsPrices = openPriceList(data);

/** Workflows of Logic Apps on the Standard plan. */
export const azureLogicApps: BilledService = {
  id: 'azure-logic-apps',
  list: azureLogicAppsPrices,
  plans: {
    standard: planOf(AzureLogicAppsUsageSchema, (usage, region) => {
      const { vcpu, halfGb } = sizes[usage.size];
      const hours = exactly(usage.hours);
      return [
        {
          quantity: product(hours, quantity(vcpu)),
          price: azureLogicAppsPrices.price(region, 'vcpu'),
        },
        {
          quantity: product(hours, quantity(halfGb, 2n)),
          price: azureLogicAppsPrices.price(region, 'memory'),
        },
        {
          quantity: exactly(usage.standardConnectorCalls),
          price: azureLogicAppsPrices.price(region, 'standard-calls'),
        },
        {
          quantity: exactly(usage.enterpriseConnectorCalls),
          price: azureLogicAppsPrices.price(region, 'enterprise-calls'),
        },
      ];
    }),
  },
};
