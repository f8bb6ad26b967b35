import { meterAzureFunctionsPremium } from '../../billing/azure-functions-premium.ts';
import { quantity } from '../../pricing/quantity.ts';
import { monthHours, provisionedDriver } from '../drivers.ts';
import { instanceConcurrency } from './notes.ts';
import type { PricingPlan } from './plan.ts';

/** Azure Functions on the Premium plan: as many instances of a size all month as serve the peak. */
export const azureFunctionsPremium: readonly PricingPlan[] = (['EP1', 'EP2', 'EP3'] as const).map(
  (size) => ({
    id: `azure-functions-premium-${size}` as const,
    provider: 'azure',
    service: 'azure-functions-premium',
    use: ({ workload, configuration }, prices) => {
      const month = { size, instances: 1, hours: monthHours };
      const perInstance = instanceConcurrency(workload, configuration);
      const count = provisionedDriver(workload, perInstance.concurrency);
      return {
        charges: [{ metered: meterAzureFunctionsPremium(month, prices), driver: count }],
        instances: { count, capacity: quantity(BigInt(perInstance.concurrency)) },
        notes: perInstance.notes,
      };
    },
  }),
);
