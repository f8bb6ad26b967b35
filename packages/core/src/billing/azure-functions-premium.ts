import * as v from 'valibot';
import { functionLimits } from '../catalog/function-limits.ts';
import { amount, fields, oneOf, real } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, product, quantity } from '../pricing/quantity.ts';
import { meterAzureEgress } from './azure-bandwidth.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** vCPU, and half-GB of memory: https://learn.microsoft.com/azure/azure-functions/functions-premium-plan, read 2026-11-22. */
const azureFunctionsPremiumSizes = {
  EP1: { vcpu: 1n, halfGb: 7n },
  EP2: { vcpu: 2n, halfGb: 14n },
  EP3: { vcpu: 4n, halfGb: 28n },
};

/** A month of one Elastic Premium plan; executions cost nothing by themselves. */
const AzureFunctionsPremiumUsageSchema = fields({
  size: oneOf(['EP1', 'EP2', 'EP3']),
  /** On average; at least one instance is always kept, and there is a most: https://learn.microsoft.com/azure/azure-functions/functions-scale */
  instances: v.optional(real(1, functionLimits('azure-functions-premium-EP1').instances ?? 1), 1),
  hours: amount(),
  egressGb: v.optional(amount(), 0),
});

/** Function apps on the Premium plan. */
export const azureFunctionsPremium: BilledService = {
  id: 'azure-functions-premium',
  plans: {
    'elastic-premium': planOf(AzureFunctionsPremiumUsageSchema, (usage, prices) => [
      ...meterAzureFunctionsPremium(usage, prices),
      ...meterAzureEgress(usage.egressGb, prices),
    ]),
  },
};

/** Hours of vCPUs and of memory, whether the instances serve or not. */
export function meterAzureFunctionsPremium(
  {
    size,
    instances,
    hours,
  }: Omit<v.InferOutput<typeof AzureFunctionsPremiumUsageSchema>, 'egressGb'>,
  prices: RegionPrices,
): readonly Metered[] {
  const instanceHours = product(exactly(instances), exactly(hours));
  const { vcpu, halfGb } = azureFunctionsPremiumSizes[size];
  return meterAll(prices, 'azure-functions-premium', {
    vcpu: product(instanceHours, quantity(vcpu)),
    memory: product(instanceHours, quantity(halfGb, 2n)),
  });
}
