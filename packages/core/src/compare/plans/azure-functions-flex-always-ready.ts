import {
  azureFunctionsFlexInstanceBilling as billing,
  meterAzureFunctionsFlexSecond,
} from '../../billing/azure-functions-flex.ts';
import { product, quantity } from '../../pricing/quantity.ts';
import {
  instanceSecondsDriver,
  monthHours,
  provisionedDriver,
  requestsDriver,
} from '../drivers.ts';
import { minimumNotes, instanceConcurrency } from './notes.ts';
import type { PricingPlan } from './plan.ts';

const monthSeconds = quantity(BigInt(monthHours * 3600));

/** Azure Functions on Flex Consumption with as many instances always ready as serve the peak. */
export const azureFunctionsFlexAlwaysReady: PricingPlan = {
  id: 'azure-functions-flex-always-ready',
  provider: 'azure',
  service: 'azure-functions-flex',
  use: ({ workload, configuration }, prices) => {
    const price = prices.price('azure-functions-flex', 'always-ready-executions');
    const second = (id: string) =>
      meterAzureFunctionsFlexSecond(id, configuration.memoryMiB, prices);
    const month = second('always-ready-baseline').map((each) => ({
      ...each,
      quantity: product(each.quantity, monthSeconds),
    }));
    const perInstance = instanceConcurrency(workload, configuration);
    const count = provisionedDriver(workload, perInstance.concurrency);
    return {
      charges: [
        { metered: month, driver: count },
        { metered: [{ quantity: quantity(1n), price }], driver: requestsDriver },
        {
          metered: second('always-ready-compute'),
          driver: instanceSecondsDriver(workload, perInstance.concurrency, billing),
        },
      ],
      instances: { count, capacity: quantity(BigInt(perInstance.concurrency)) },
      notes: [...perInstance.notes, ...minimumNotes(workload, billing.minimumMs)],
    };
  },
};
