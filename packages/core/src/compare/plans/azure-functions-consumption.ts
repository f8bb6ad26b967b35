import { priceLists } from '../../price-lists.ts';
import {
  azureFunctionsConsumptionBilledMiB,
  meterAzureFunctionsConsumption,
} from '../../billing/azure-functions-consumption.ts';
import { httpNotes, minimumNotes, notSharedNotes, oneProcessorNotes, sizeNotes } from './limits.ts';
import type { Plan } from './plan.ts';

/** Azure Functions on the Consumption plan; what is billed is the memory that is observed. */
export const azureFunctionsConsumption: Plan = {
  id: 'azure-functions-consumption',
  provider: 'azure',
  list: priceLists.list('azure-functions-consumption'),
  maxMemoryMiB: 1536,
  // https://learn.microsoft.com/azure/azure-functions/functions-scale, 2026-09-16
  maxDurationMs: 600_000,
  use(workload) {
    const { durationMs, memoryMiB, region } = workload;
    const usage = { executions: 1, durationMs, memoryMiB };
    const billedMiB = azureFunctionsConsumptionBilledMiB(memoryMiB);
    return {
      metered: meterAzureFunctionsConsumption(usage, priceLists.in(region.azure)),
      notes: [
        ...sizeNotes(workload, billedMiB, 'the next 128 MiB'),
        ...minimumNotes(workload, 100),
        ...httpNotes(workload, azureFunctionsConsumption),
        ...notSharedNotes(workload, 'each execution is billed by itself'),
        ...oneProcessorNotes(workload),
      ],
    };
  },
};
