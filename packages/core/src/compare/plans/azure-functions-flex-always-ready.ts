import { priceLists } from '../../price-lists.ts';
import {
  azureFunctionsFlexMaxMiB,
  azureFunctionsFlexSizeFor,
  meterAzureFunctionsFlexAlwaysReady,
  meterAzureFunctionsFlexReady,
} from '../../billing/azure-functions-flex.ts';
import { limitsOf } from '../../catalog/providers.ts';
import { monthHours, oneMonth } from '../curve.ts';
import { httpNotes, minimumNotes, oneProcessorNotes, sizeNotes } from './limits.ts';
import type { Plan } from './plan.ts';

/** Azure Functions on Flex Consumption with as many instances always ready as the busiest moment needs. */
export const azureFunctionsFlexAlwaysReady: Plan = {
  id: 'azure-functions-flex-always-ready',
  provider: 'azure',
  list: priceLists.list('azure-functions-flex'),
  maxMemoryMiB: azureFunctionsFlexMaxMiB,
  maxDurationMs: limitsOf('azure').timeoutMs,
  use(workload) {
    const { durationMs, concurrencyPerInstance: concurrency, region } = workload;
    const memoryMiB = azureFunctionsFlexSizeFor(workload.memoryMiB);
    const usage = { executions: 1, durationMs, memoryMiB, concurrency };
    const ready = { readyInstanceSeconds: monthHours * 3600, memoryMiB };
    return {
      metered: meterAzureFunctionsFlexAlwaysReady(usage, priceLists.in(region.azure)),
      kept: {
        month: oneMonth([meterAzureFunctionsFlexReady(ready, priceLists.in(region.azure))]),
        carries: concurrency,
      },
      notes: [
        ...sizeNotes(workload, memoryMiB, 'the next size'),
        ...minimumNotes(workload, 1000),
        ...httpNotes(workload, azureFunctionsFlexAlwaysReady),
        ...oneProcessorNotes(workload),
      ],
    };
  },
};
