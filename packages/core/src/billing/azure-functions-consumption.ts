import * as v from 'valibot';
import { openSheet } from '../pricing/price-sheet.ts';
import { quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import data from '../pricing/sheets/azure-functions-consumption.json' with { type: 'json' };
import type { Metered } from './metered.ts';

/** A month of one function app on the Consumption plan. */
export const AzureFunctionsConsumptionUsageSchema = v.strictObject({
  executions: v.pipe(v.number(), v.integer(), v.minValue(0)),
  durationMs: v.pipe(v.number(), v.gtValue(0)),
  /** The memory that is observed; it is not chosen. */
  memoryMiB: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1536)),
});

/** A month of one function app on the Consumption plan. */
export type AzureFunctionsConsumptionUsage = v.InferOutput<
  typeof AzureFunctionsConsumptionUsageSchema
>;

export const azureFunctionsConsumptionSheet = openSheet(data);

/**
 * An execution is 100 ms at least, to the millisecond:
 * https://azure.microsoft.com/en-us/pricing/details/functions/, read 2026-11-22.
 */
function azureFunctionsConsumptionBilledMs(durationMs: number): number {
  return atLeast(100, roundUpToStep(durationMs, 1));
}

/** Memory is rounded up to 128 MB: same page. */
export function azureFunctionsConsumptionBilledMiB(memoryMiB: number): number {
  return roundUpToStep(memoryMiB, 128);
}

/** Executions, and GB-seconds of each execution by itself, whatever shares its instance. */
export function meterAzureFunctionsConsumption(
  usage: AzureFunctionsConsumptionUsage,
  region: string,
): readonly Metered[] {
  const executions = BigInt(usage.executions);
  const mibMs =
    BigInt(azureFunctionsConsumptionBilledMiB(usage.memoryMiB)) *
    BigInt(azureFunctionsConsumptionBilledMs(usage.durationMs));
  return [
    {
      meter: 'executions',
      quantity: quantity(executions),
      price: azureFunctionsConsumptionSheet.price(region, 'executions'),
    },
    {
      meter: 'compute',
      quantity: quantity(executions * mibMs, 1_024_000n),
      price: azureFunctionsConsumptionSheet.price(region, 'compute'),
    },
  ];
}
