import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { openSheet } from '../pricing/price-sheet.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/sheets/azure-sql-serverless.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of one database, General Purpose on Gen5. */
const AzureSqlServerlessUsageSchema = fields({
  /** vCores while it is not paused, by the hours of each. */
  vcoreHours: amount(),
  storageGbMonths: v.optional(amount(), 0),
});

const azureSqlServerlessSheet = openSheet(data);

/** Databases of Azure SQL on the serverless compute tier. */
export const azureSqlServerless: BilledService = {
  id: 'azure-sql-serverless',
  sheet: azureSqlServerlessSheet,
  plans: {
    'general-purpose': planOf(
      AzureSqlServerlessUsageSchema,
      ({ vcoreHours, storageGbMonths }, region) => [
        { quantity: exactly(vcoreHours), price: azureSqlServerlessSheet.price(region, 'compute') },
        {
          quantity: exactly(storageGbMonths),
          price: azureSqlServerlessSheet.price(region, 'storage'),
        },
      ],
    ),
  },
};
