import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { openSheet } from '../pricing/price-sheet.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/sheets/azure-container-apps.json' with { type: 'json' };
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

const azureContainerAppsSheet = openSheet(data);

/** Containers of Container Apps. */
export const azureContainerApps: BilledService = {
  id: 'azure-container-apps',
  sheet: azureContainerAppsSheet,
  plans: {
    consumption: planOf(AzureContainerAppsUsageSchema, (usage, region) => [
      {
        quantity: exactly(usage.activeVcpuSeconds),
        price: azureContainerAppsSheet.price(region, 'vcpu'),
      },
      {
        quantity: exactly(usage.idleVcpuSeconds),
        price: azureContainerAppsSheet.price(region, 'idle-vcpu'),
      },
      {
        quantity: exactly(usage.gibSeconds),
        price: azureContainerAppsSheet.price(region, 'memory'),
      },
      {
        quantity: exactly(usage.requests),
        price: azureContainerAppsSheet.price(region, 'requests'),
      },
    ]),
  },
};
