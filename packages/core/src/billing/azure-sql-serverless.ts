import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/azure-sql-serverless.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of one database, General Purpose on Gen5. */
const AzureSqlServerlessUsageSchema = fields({
  /** vCores while it is not paused, by the hours of each. */
  vcoreHours: amount(),
  storageGbMonths: v.optional(amount(), 0),
});

const azureSqlServerlessPrices = openPriceList(data);

/** Databases of Azure SQL on the serverless compute tier. */
export const azureSqlServerless: BilledService = {
  id: 'azure-sql-serverless',
  list: azureSqlServerlessPrices,
  plans: {
    'general-purpose': planOf(
      AzureSqlServerlessUsageSchema,
      ({ vcoreHours, storageGbMonths }, region) => [
        { quantity: exactly(vcoreHours), price: azureSqlServerlessPrices.price(region, 'compute') },
        {
          quantity: exactly(storageGbMonths),
          price: azureSqlServerlessPrices.price(region, 'storage'),
        },
      ],
    ),
  },
};
