import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly, isMore, minus, product, quantity, zero } from '../pricing/quantity.ts';
import data from '../pricing/lists/azure-cosmos-db.json' with { type: 'json' };
import type { Metered } from './metered.ts';
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

const azureCosmosDbPrices = openPriceList(data);

/** What the free tier gives in every hour; it does not save up what an hour leaves. */
const freePerS = quantity(1000n);

/** Containers and databases of Cosmos DB in one region. */
export const azureCosmosDb: BilledService = {
  id: 'azure-cosmos-db',
  list: azureCosmosDbPrices,
  plans: {
    provisioned: planOf(ProvisionedSchema, meterProvisioned),
    serverless: planOf(ServerlessSchema, ({ requestUnits, storageGbMonths }, region) => [
      {
        quantity: exactly(requestUnits),
        price: azureCosmosDbPrices.price(region, 'request-units'),
      },
      {
        quantity: exactly(storageGbMonths),
        price: azureCosmosDbPrices.price(region, 'serverless-storage'),
      },
    ]),
  },
};

function meterProvisioned(
  { requestUnitsPerS, hours, storageGbMonths }: v.InferOutput<typeof ProvisionedSchema>,
  region: string,
): readonly Metered[] {
  const provisioned = exactly(requestUnitsPerS);
  const above = isMore(provisioned, freePerS) ? minus(provisioned, freePerS) : zero;
  return [
    {
      quantity: product(minus(provisioned, above), exactly(hours)),
      price: azureCosmosDbPrices.price(region, 'throughput'),
    },
    {
      quantity: product(above, exactly(hours)),
      price: azureCosmosDbPrices.price(region, 'throughput-above-1000'),
    },
    { quantity: exactly(storageGbMonths), price: azureCosmosDbPrices.price(region, 'storage') },
  ];
}
