import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { exactly } from '../pricing/quantity.ts';
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
    consumption: planOf(AzureContainerAppsUsageSchema, (usage, prices) => [
      {
        quantity: exactly(usage.activeVcpuSeconds),
        price: prices.price('azure-container-apps', 'vcpu'),
      },
      {
        quantity: exactly(usage.idleVcpuSeconds),
        price: prices.price('azure-container-apps', 'idle-vcpu'),
      },
      {
        quantity: exactly(usage.gibSeconds),
        price: prices.price('azure-container-apps', 'memory'),
      },
      {
        quantity: exactly(usage.requests),
        price: prices.price('azure-container-apps', 'requests'),
      },
    ]),
  },
};
