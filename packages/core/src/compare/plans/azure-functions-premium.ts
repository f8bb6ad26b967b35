import { priceLists } from '../../price-lists.ts';
import {
  azureFunctionsPremiumSizes,
  meterAzureFunctionsPremium,
} from '../../billing/azure-functions-premium.ts';
import { limitsOf } from '../../catalog/providers.ts';
import { monthHours, toMonth } from '../curve.ts';
import { carriedBy } from '../fleets.ts';
import { onceARegion } from '../no-price.ts';
import { httpNotes, oneProcessorNotes } from './limits.ts';
import type { Plan } from './plan.ts';

/** Azure Functions on the Premium plan: as many instances of a size all month as the busiest moment needs. */
export const azureFunctionsPremium: readonly Plan[] = (['EP1', 'EP2', 'EP3'] as const).map(toPlan);

function toPlan(size: keyof typeof azureFunctionsPremiumSizes): Plan {
  const { vcpu, halfGb } = azureFunctionsPremiumSizes[size];
  const machine = { memoryMiB: Number(halfGb) * 512, vcpu: Number(vcpu) };
  const usage = { size, instances: 1, hours: monthHours };
  const month = onceARegion((region) =>
    toMonth(meterAzureFunctionsPremium(usage, priceLists.in(region))),
  );
  const plan: Plan = {
    id: `azure-functions-premium-${size}`,
    provider: 'azure',
    list: priceLists.list('azure-functions-premium'),
    maxMemoryMiB: machine.memoryMiB,
    maxDurationMs: limitsOf('azure').timeoutMs,
    use(workload) {
      return {
        metered: [],
        kept: { month: month(workload.region.azure), carries: carriedBy(machine, workload) },
        notes: [...httpNotes(workload, plan), ...oneProcessorNotes(workload)],
      };
    },
  };
  return plan;
}
