import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, isMore, minus, product, quantity, zero } from '../pricing/quantity.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of throughput that is provisioned by hand. */
const ProvisionedSchema = fields({
  requestUnitsPerS: amount(),
  hours: amount(),
  storageGbMonths: v.optional(amount(), 0),
});

/** A month of requests that are paid one by one; the free tier is not for them. */
const ServerlessSchema = fields({
  requestUnits: v.optional(amount(), 0),
  storageGbMonths: v.optional(amount(), 0),
});

/** What the free tier gives in every hour; it does not save up what an hour leaves. */
const freePerS = quantity(1000n);

/** Containers and databases of Cosmos DB in one region. */
export const azureCosmosDb: BilledService = {
  id: 'azure-cosmos-db',
  plans: {
    provisioned: planOf(ProvisionedSchema, meterProvisioned),
    serverless: planOf(ServerlessSchema, ({ requestUnits, storageGbMonths }, prices) =>
      meterAll(prices, 'azure-cosmos-db', {
        'request-units': requestUnits,
        'serverless-storage': storageGbMonths,
      }),
    ),
  },
};

function meterProvisioned(
  { requestUnitsPerS, hours, storageGbMonths }: v.InferOutput<typeof ProvisionedSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const provisioned = exactly(requestUnitsPerS);
  const above = isMore(provisioned, freePerS) ? minus(provisioned, freePerS) : zero;
  return meterAll(prices, 'azure-cosmos-db', {
    throughput: product(minus(provisioned, above), exactly(hours)),
    'throughput-above-1000': product(above, exactly(hours)),
    storage: storageGbMonths,
  });
}
