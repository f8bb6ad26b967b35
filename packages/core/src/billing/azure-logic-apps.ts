import * as v from 'valibot';
import { amount, count, fields, oneOf } from '../input-fields.ts';
import { exactly, product, quantity } from '../pricing/quantity.ts';
import { meterAll } from './metered.ts';
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

/** Workflows of Logic Apps on the Standard plan. */
export const azureLogicApps: BilledService = {
  id: 'azure-logic-apps',
  plans: {
    standard: planOf(AzureLogicAppsUsageSchema, (usage, prices) => {
      const { vcpu, halfGb } = sizes[usage.size];
      const hours = exactly(usage.hours);
      return meterAll(prices, 'azure-logic-apps', {
        vcpu: product(hours, quantity(vcpu)),
        memory: product(hours, quantity(halfGb, 2n)),
        'standard-calls': usage.standardConnectorCalls,
        'enterprise-calls': usage.enterpriseConnectorCalls,
      });
    }),
  },
};
