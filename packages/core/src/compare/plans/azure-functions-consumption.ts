import { meterAzureFunctionsConsumption } from '../../billing/azure-functions-consumption.ts';
import { requestsDriver } from '../drivers.ts';
import { minimumNotes } from './notes.ts';
import type { PricingPlan } from './plan.ts';

/** Azure Functions on the Consumption plan; the memory billed is the memory observed. */
export const azureFunctionsConsumption: PricingPlan = {
  id: 'azure-functions-consumption',
  provider: 'azure',
  service: 'azure-functions-consumption',
  use: ({ workload, configuration }, prices) => {
    const { durationMs } = workload;
    const usage = { executions: 1, durationMs, memoryMiB: configuration.memoryMiB };
    return {
      charges: [{ metered: meterAzureFunctionsConsumption(usage, prices), driver: requestsDriver }],
      notes: minimumNotes(workload, 100),
    };
  },
};
