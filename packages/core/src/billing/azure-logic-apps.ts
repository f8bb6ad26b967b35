import * as v from 'valibot';
import { amount, count, fields, oneOf } from '../input-fields.ts';
import { openSheet } from '../pricing/price-sheet.ts';
import { exactly, product, quantity } from '../pricing/quantity.ts';
import data from '../pricing/sheets/azure-logic-apps.json' with { type: 'json' };
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

const azureLogicAppsSheet = openSheet(data);

/** Workflows of Logic Apps on the Standard plan. */
export const azureLogicApps: BilledService = {
  id: 'azure-logic-apps',
  sheet: azureLogicAppsSheet,
  plans: {
    standard: planOf(AzureLogicAppsUsageSchema, (usage, region) => {
      const { vcpu, halfGb } = sizes[usage.size];
      const hours = exactly(usage.hours);
      return [
        {
          quantity: product(hours, quantity(vcpu)),
          price: azureLogicAppsSheet.price(region, 'vcpu'),
        },
        {
          quantity: product(hours, quantity(halfGb, 2n)),
          price: azureLogicAppsSheet.price(region, 'memory'),
        },
        {
          quantity: exactly(usage.standardConnectorCalls),
          price: azureLogicAppsSheet.price(region, 'standard-calls'),
        },
        {
          quantity: exactly(usage.enterpriseConnectorCalls),
          price: azureLogicAppsSheet.price(region, 'enterprise-calls'),
        },
      ];
    }),
  },
};
