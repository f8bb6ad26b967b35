import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
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
      ({ vcoreHours, storageGbMonths }, prices) =>
        meterAll(prices, 'azure-sql-serverless', { compute: vcoreHours, storage: storageGbMonths }),
    ),
  },
};
