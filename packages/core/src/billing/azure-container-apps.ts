import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
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
  },
};
