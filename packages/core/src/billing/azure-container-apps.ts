import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/azure-container-apps.json' with { type: 'json' };
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

const azureContainerAppsPrices = openPriceList(data);

/** Containers of Container Apps. */
export const azureContainerApps: BilledService = {
  id: 'azure-container-apps',
  list: azureContainerAppsPrices,
  plans: {
    consumption: planOf(AzureContainerAppsUsageSchema, (usage, region) => [
      {
        quantity: exactly(usage.activeVcpuSeconds),
        price: azureContainerAppsPrices.price(region, 'vcpu'),
      },
      {
        quantity: exactly(usage.idleVcpuSeconds),
        price: azureContainerAppsPrices.price(region, 'idle-vcpu'),
      },
      {
        quantity: exactly(usage.gibSeconds),
        price: azureContainerAppsPrices.price(region, 'memory'),
      },
      {
        quantity: exactly(usage.requests),
        price: azureContainerAppsPrices.price(region, 'requests'),
      },
    ]),
  },
};
