import * as v from 'valibot';
import { openSheet } from '../pricing/price-sheet.ts';
import { quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import data from '../pricing/sheets/azure-functions-flex.json' with { type: 'json' };
import type { Metered } from './metered.ts';

/** A month of one function app on Flex Consumption, on demand. */
export const AzureFunctionsFlexUsageSchema = v.strictObject({
  executions: v.pipe(v.number(), v.integer(), v.minValue(0)),
  durationMs: v.pipe(v.number(), v.gtValue(0)),
  memoryMiB: v.picklist([512, 2048, 4096]),
  /** How many executions an instance serves at the same time. */
  concurrency: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
});

/** A month of one function app on Flex Consumption, on demand. */
export type AzureFunctionsFlexUsage = v.InferOutput<typeof AzureFunctionsFlexUsageSchema>;

/** The most memory that an instance can have. */
export const azureFunctionsFlexMaxMiB = 4096;

/**
 * The smallest instance size that has the memory; memory beyond the largest is the caller's to refuse.
 * https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan, read 2026-11-22.
 */
export function azureFunctionsFlexSizeFor(memoryMiB: number): AzureFunctionsFlexUsage['memoryMiB'] {
  if (memoryMiB <= 512) return 512;
  return memoryMiB <= 2048 ? 2048 : azureFunctionsFlexMaxMiB;
}

export const azureFunctionsFlexSheet = openSheet(data);

/**
 * An active period is 1,000 ms at least, then rounded up to 100 ms:
 * https://learn.microsoft.com/azure/azure-functions/functions-consumption-costs, October 2025.
 */
export function azureFunctionsFlexBilledMs(durationMs: number): number {
  return atLeast(1000, roundUpToStep(durationMs, 100));
}

/** Executions, and GB-seconds of the instance size; executions that share an instance share its time. */
export function meterAzureFunctionsFlex(
  usage: AzureFunctionsFlexUsage,
  region: string,
): readonly Metered[] {
  const executions = BigInt(usage.executions);
  const mibMs = BigInt(usage.memoryMiB) * BigInt(azureFunctionsFlexBilledMs(usage.durationMs));
  return [
    {
      meter: 'executions',
      quantity: quantity(executions),
      price: azureFunctionsFlexSheet.price(region, 'executions'),
    },
    {
      meter: 'compute',
      quantity: quantity(executions * mibMs, 1_024_000n * BigInt(usage.concurrency)),
      price: azureFunctionsFlexSheet.price(region, 'compute'),
    },
  ];
}
