import * as v from 'valibot';
import { functionLimits } from '../catalog/function-limits.ts';
import { above, amount, count, fields, real } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, quantity, ratio } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import { meterAzureEgress } from './azure-bandwidth.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const limits = functionLimits('azure-functions-consumption');

/** A month of one function app on the Consumption plan. */
export const AzureFunctionsConsumptionUsageSchema = fields({
  executions: count(),
  durationMs: above(0, limits.timeoutMs ?? 0),
  /** The memory that is observed; it is not chosen. */
  memoryMiB: above(0, limits.memoryMiB.max),
  egressGb: v.optional(amount(), 0),
});

/** A month of which the metrics are known: FunctionExecutionCount, and FunctionExecutionUnits in MB-milliseconds. */
const MetricsSchema = fields({
  executions: count(),
  executionUnitsMbMs: real(0, 1_000_000_000_000_000),
  egressGb: v.optional(amount(), 0),
});

/** A month of one function app on the Consumption plan, without what it sends. */
export type AzureFunctionsConsumptionUsage = Omit<
  v.InferOutput<typeof AzureFunctionsConsumptionUsageSchema>,
  'egressGb'
>;

/**
 * An execution is 100 ms at least, to the millisecond:
 * https://azure.microsoft.com/en-us/pricing/details/functions/, read 2026-11-22.
 */
function azureFunctionsConsumptionBilledMs(durationMs: number): number {
  return atLeast(100, roundUpToStep(durationMs, 1));
}

/** Memory is rounded up to 128 MB: same page. */
function azureFunctionsConsumptionBilledMiB(memoryMiB: number): number {
  return roundUpToStep(memoryMiB, 128);
}

/** Executions, and GB-seconds of each execution by itself, whatever shares its instance. */
export function meterAzureFunctionsConsumption(
  usage: AzureFunctionsConsumptionUsage,
  prices: RegionPrices,
): readonly Metered[] {
  const executions = BigInt(usage.executions);
  const mibMs =
    BigInt(azureFunctionsConsumptionBilledMiB(usage.memoryMiB)) *
    BigInt(azureFunctionsConsumptionBilledMs(usage.durationMs));
  return meterAll(prices, 'azure-functions-consumption', {
    executions: quantity(executions),
    compute: quantity(executions * mibMs, 1_024_000n),
  });
}

/** Function apps on the Consumption plan. */
export const azureFunctionsConsumption: BilledService = {
  id: 'azure-functions-consumption',
  plans: {
    consumption: planOf(AzureFunctionsConsumptionUsageSchema, (usage, prices) => [
      ...meterAzureFunctionsConsumption(usage, prices),
      ...meterAzureEgress(usage.egressGb, prices),
    ]),
    'consumption-metrics': planOf(MetricsSchema, (usage, prices) => [
      ...meterAll(prices, 'azure-functions-consumption', {
        executions: usage.executions,
        // https://learn.microsoft.com/azure/azure-functions/functions-consumption-costs, October 2025
        compute: ratio(exactly(usage.executionUnitsMbMs), quantity(1_024_000n)),
      }),
      ...meterAzureEgress(usage.egressGb, prices),
    ]),
  },
};
