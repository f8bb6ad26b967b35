import { priceLists } from '../../price-lists.ts';
import {
  azureFunctionsFlexMaxMiB,
  azureFunctionsFlexSizeFor,
  meterAzureFunctionsFlex,
} from '../../billing/azure-functions-flex.ts';
import { limitsOf } from '../../catalog/providers.ts';
import { httpNotes, minimumNotes, oneProcessorNotes, sizeNotes } from './limits.ts';
import type { Plan } from './plan.ts';

/** Azure Functions on Flex Consumption, on demand; HTTP functions of an app share its instances. */
export const azureFunctionsFlex: Plan = {
  id: 'azure-functions-flex',
  provider: 'azure',
  list: priceLists.list('azure-functions-flex'),
  maxMemoryMiB: azureFunctionsFlexMaxMiB,
  maxDurationMs: limitsOf('azure').timeoutMs,
  use(workload) {
    const { durationMs, concurrencyPerInstance: concurrency, region } = workload;
    const memoryMiB = azureFunctionsFlexSizeFor(workload.memoryMiB);
    const usage = { executions: 1, durationMs, memoryMiB, concurrency };
    return {
      metered: meterAzureFunctionsFlex(usage, priceLists.in(region.azure)),
      notes: [
        ...sizeNotes(workload, memoryMiB, 'the next size'),
        ...minimumNotes(workload, 1000),
        ...httpNotes(workload, azureFunctionsFlex),
        ...oneProcessorNotes(workload),
      ],
    };
  },
};
