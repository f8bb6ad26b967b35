import {
  azureFunctionsFlexInstanceBilling as billing,
  meterAzureFunctionsFlexSecond,
} from '../../billing/azure-functions-flex.ts';
import { quantity } from '../../pricing/quantity.ts';
import { instanceSecondsDriver, requestsDriver } from '../drivers.ts';
import { minimumNotes, instanceConcurrency } from './notes.ts';
import type { PricingPlan } from './plan.ts';

/** Azure Functions on Flex Consumption, on demand; HTTP functions of an app share its instances. */
export const azureFunctionsFlex: PricingPlan = {
  id: 'azure-functions-flex',
  provider: 'azure',
  service: 'azure-functions-flex',
  use: ({ workload, configuration }, prices) => {
    const price = prices.price('azure-functions-flex', 'executions');
    const perInstance = instanceConcurrency(workload, configuration);
    return {
      charges: [
        { metered: [{ quantity: quantity(1n), price }], driver: requestsDriver },
        {
          metered: meterAzureFunctionsFlexSecond('compute', configuration.memoryMiB, prices),
          driver: instanceSecondsDriver(workload, perInstance.concurrency, billing),
        },
      ],
      notes: [...perInstance.notes, ...minimumNotes(workload, billing.minimumMs)],
    };
  },
};
