import * as v from 'valibot';
import { above, amount, count, fields, real, whole } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, product, quantity } from '../pricing/quantity.ts';
import { instanceMs } from './instance-time.ts';
import { arrivalFields } from './instance-traffic.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of container apps on the Consumption plan. */
const AzureContainerAppsUsageSchema = fields({
  activeVcpuSeconds: v.optional(amount(), 0),
  /** Of replicas that are kept and have nothing to do. */
  idleVcpuSeconds: v.optional(amount(), 0),
  /** Active or idle: memory costs the same. */
  gibSeconds: v.optional(amount(), 0),
  requests: v.optional(count(), 0),
});

/**
 * A month of requests to an app whose replicas are all above the minimum, so that none is idle. The time-out of a
 * request is 240 s: https://learn.microsoft.com/azure/container-apps/ingress-overview, read 2026-11-30.
 */
const RequestsSchema = fields({
  requests: count(),
  durationMs: above(0, 240_000),
  vcpu: real(0.25, 4),
  memoryGib: real(0.5, 8),
  concurrency: v.optional(whole(1, 1000), 1),
  ...arrivalFields,
});

/**
 * A replica is billed by the second while it runs, without a minimum:
 * https://learn.microsoft.com/azure/container-apps/billing, 2025-12-09.
 */
const replicaBilling = { stepMs: 1000, minimumMs: 0 };

function meterRequests(
  usage: v.InferOutput<typeof RequestsSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const seconds = product(instanceMs(usage, replicaBilling), quantity(1n, 1000n));
  return meterAll(prices, 'azure-container-apps', {
    vcpu: product(seconds, exactly(usage.vcpu)),
    memory: product(seconds, exactly(usage.memoryGib)),
    requests: usage.requests,
  });
}

/** Containers of Container Apps. */
export const azureContainerApps: BilledService = {
  id: 'azure-container-apps',
  plans: {
    consumption: planOf(AzureContainerAppsUsageSchema, (usage, prices) =>
      meterAll(prices, 'azure-container-apps', {
        vcpu: usage.activeVcpuSeconds,
        'idle-vcpu': usage.idleVcpuSeconds,
        memory: usage.gibSeconds,
        requests: usage.requests,
      }),
    ),
    'request-based': planOf(RequestsSchema, meterRequests),
  },
};
