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

/** How Flex Consumption bills the time of an instance. */
export const azureFunctionsFlexInstanceBilling: InstanceBilling = { stepMs: 100, minimumMs: 1000 };

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
  prices: RegionPrices,
): readonly Metered[] {
  return meterExecutions({ executions: 'executions', compute: 'compute' }, usage, prices);
}

/** Function apps on Flex Consumption. */
export const azureFunctionsFlex: BilledService = {
  id: 'azure-functions-flex',
  plans: {
    'on-demand': planOf(AzureFunctionsFlexUsageSchema, (usage, prices) => [
      ...meterAzureFunctionsFlex(usage, prices),
      ...meterAzureEgress(usage.egressGb, prices),
    ]),
    'on-demand-totals': planOf(OnDemandTotalsSchema, (usage, prices) => [
      {
        quantity: exactly(usage.executions),
        price: prices.price('azure-functions-flex', 'executions'),
      },
      {
        quantity: gbSeconds(usage.activeInstanceSeconds, usage.memoryMiB),
        price: prices.price('azure-functions-flex', 'compute'),
      },
      ...meterAzureEgress(usage.egressGb, prices),
    ]),
    // What runs on instances that `always-ready-totals` tells of.
    'always-ready': planOf(AzureFunctionsFlexUsageSchema, (usage, prices) => [
      ...meterAzureFunctionsFlexAlwaysReady(usage, prices),
      ...meterAzureEgress(usage.egressGb, prices),
    ]),
    'always-ready-totals': planOf(AlwaysReadyTotalsSchema, (usage, prices) => [
      meterAzureFunctionsFlexReady(usage, prices),
      {
        quantity: gbSeconds(usage.activeInstanceSeconds, usage.memoryMiB),
        price: prices.price('azure-functions-flex', alwaysReady.compute),
      },
      {
        quantity: exactly(usage.executions),
        price: prices.price('azure-functions-flex', alwaysReady.executions),
      },
      ...meterAzureEgress(usage.egressGb, prices),
    ]),
  },
};

/** What runs on instances that are always ready, without their readiness. */
export function meterAzureFunctionsFlexAlwaysReady(
  usage: AzureFunctionsFlexUsage,
  prices: RegionPrices,
): readonly Metered[] {
  return meterExecutions(alwaysReady, usage, prices);
}

/** The readiness of instances, whether they serve or not. */
export function meterAzureFunctionsFlexReady(
  {
    readyInstanceSeconds,
    memoryMiB,
  }: Pick<v.InferOutput<typeof AlwaysReadyTotalsSchema>, 'readyInstanceSeconds' | 'memoryMiB'>,
  prices: RegionPrices,
): Metered {
  return {
    quantity: gbSeconds(readyInstanceSeconds, memoryMiB),
    price: prices.price('azure-functions-flex', 'always-ready-baseline'),
  };
}

const alwaysReady = { executions: 'always-ready-executions', compute: 'always-ready-compute' };

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
