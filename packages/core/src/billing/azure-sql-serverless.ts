import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { exactly } from '../pricing/quantity.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of one database, General Purpose on Gen5. */
const AzureSqlServerlessUsageSchema = fields({
  /** vCores while it is not paused, by the hours of each. */
  vcoreHours: amount(),
  storageGbMonths: v.optional(amount(), 0),
});

/** Databases of Azure SQL on the serverless compute tier. */
export const azureSqlServerless: BilledService = {
  id: 'azure-sql-serverless',
  plans: {
    'general-purpose': planOf(
      AzureSqlServerlessUsageSchema,
      ({ vcoreHours, storageGbMonths }, prices) => [
        { quantity: exactly(vcoreHours), price: prices.price('azure-sql-serverless', 'compute') },
        {
          quantity: exactly(storageGbMonths),
          price: prices.price('azure-sql-serverless', 'storage'),
        },
      ],
    ),
  },
};
