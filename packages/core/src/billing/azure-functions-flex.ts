import * as v from 'valibot';
import { above, amount, count, fields, oneOf, whole } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, product, quantity, type Quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import { meterAzureEgress } from './azure-bandwidth.ts';
import { instanceMs } from './instance-time.ts';
import { arrivalFields } from './instance-traffic.ts';
import type { InstanceBilling } from './instance-traffic.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const egress = { egressGb: v.optional(amount(), 0) };
const instanceMemoryMiB = oneOf([512, 2048, 4096]);

/** A month of one function app on Flex Consumption, on demand. */
const AzureFunctionsFlexUsageSchema = fields({
  executions: count(),
  durationMs: above(0, 86_400_000),
  memoryMiB: instanceMemoryMiB,
  /** How many executions an instance serves at the same time. */
  concurrency: v.optional(whole(1, 1000), 1),
  ...arrivalFields,
  ...egress,
});

/** A month of one function app on Flex Consumption, without what it sends. */
type AzureFunctionsFlexUsage = Omit<
  v.InferOutput<typeof AzureFunctionsFlexUsageSchema>,
  'egressGb'
>;

/** A month on demand of which it is known how long instances were active, all of them together. */
const OnDemandTotalsSchema = fields({
  executions: v.optional(count(), 0),
  activeInstanceSeconds: amount(),
  memoryMiB: instanceMemoryMiB,
  ...egress,
});

/** A month of instances that are always ready: how long they were kept, and how long they were active, together. */
const AlwaysReadyTotalsSchema = fields({
  readyInstanceSeconds: amount(),
  activeInstanceSeconds: v.optional(amount(), 0),
  executions: v.optional(count(), 0),
  memoryMiB: instanceMemoryMiB,
  ...egress,
});

/** How Flex Consumption bills the time of an instance. */
export const azureFunctionsFlexInstanceBilling: InstanceBilling = { stepMs: 100, minimumMs: 1000 };

/**
 * An active period is 1,000 ms at least, then rounded up to 100 ms:
 * https://learn.microsoft.com/azure/azure-functions/functions-consumption-costs, October 2025.
 */
export function azureFunctionsFlexBilledMs(durationMs: number): number {
  return atLeast(1000, roundUpToStep(durationMs, 100));
}

/** Function apps on Flex Consumption. */
export const azureFunctionsFlex: BilledService = {
  id: 'azure-functions-flex',
  plans: {
    'on-demand': planOf(AzureFunctionsFlexUsageSchema, (usage, prices) => [
      ...meterExecutions(onDemand, usage, prices),
      ...meterAzureEgress(usage.egressGb, prices),
    ]),
    'on-demand-totals': planOf(OnDemandTotalsSchema, (usage, prices) => [
      ...meterAll(prices, 'azure-functions-flex', {
        executions: usage.executions,
        compute: gbSeconds(usage.activeInstanceSeconds, usage.memoryMiB),
      }),
      ...meterAzureEgress(usage.egressGb, prices),
    ]),
    // Executions on instances whose readiness `always-ready-totals` has.
    'always-ready': planOf(AzureFunctionsFlexUsageSchema, (usage, prices) => [
      ...meterExecutions(alwaysReady, usage, prices),
      ...meterAzureEgress(usage.egressGb, prices),
    ]),
    'always-ready-totals': planOf(AlwaysReadyTotalsSchema, (usage, prices) => [
      ...meterAll(prices, 'azure-functions-flex', {
        'always-ready-baseline': gbSeconds(usage.readyInstanceSeconds, usage.memoryMiB),
        [alwaysReady.compute]: gbSeconds(usage.activeInstanceSeconds, usage.memoryMiB),
        [alwaysReady.executions]: usage.executions,
      }),
      ...meterAzureEgress(usage.egressGb, prices),
    ]),
  },
};

const onDemand = { executions: 'executions', compute: 'compute' };
const alwaysReady = { executions: 'always-ready-executions', compute: 'always-ready-compute' };

/** Executions, and GB-seconds of the instance size by the model of instance time. */
function meterExecutions(
  ids: { readonly executions: string; readonly compute: string },
  usage: AzureFunctionsFlexUsage,
  prices: RegionPrices,
): readonly Metered[] {
  const { executions, memoryMiB } = usage;
  const billedMs = instanceMs(
    { ...usage, requests: executions },
    azureFunctionsFlexInstanceBilling,
  );
  return meterAll(prices, 'azure-functions-flex', {
    [ids.executions]: executions,
    [ids.compute]: product(billedMs, quantity(BigInt(memoryMiB), 1_024_000n)),
  });
}

/** A second of one instance, at the price with this id. */
export function meterAzureFunctionsFlexSecond(
  id: string,
  memoryMiB: number,
  prices: RegionPrices,
): readonly Metered[] {
  return meterAll(prices, 'azure-functions-flex', { [id]: quantity(BigInt(memoryMiB), 1024n) });
}

function gbSeconds(seconds: number, memoryMiB: number): Quantity {
  return product(exactly(seconds), quantity(BigInt(memoryMiB), 1024n));
}
