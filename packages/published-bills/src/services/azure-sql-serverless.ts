import { amount, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

const freeTier = v.optional(
  v.nullable(
    fields(
      {
        vcore_seconds: v.optional(amount()),
        vcore_s: v.optional(amount()),
        vcore_hours: v.optional(amount()),
        storage_gb: v.optional(amount(), 0),
      },
      'null or an object',
    ),
  ),
);

/** Bills of Azure SQL Database, serverless; the price of a vCore is one for all sizes of GP_S_Gen5. */
export const azureSqlServerless = mappingOf(
  fields({
    sku: v.optional(
      v.pipe(v.string('GP_S_Gen5'), v.regex(/^GP_S_Gen5(_\d+)?$/, 'GP_S_Gen5')),
      'GP_S_Gen5',
    ),
    vcore_hours: v.optional(amount(), 0),
    storage_gb: v.optional(amount(), 0),
    free_tier: freeTier,
  }),
  ({ vcore_hours, storage_gb, free_tier }) => ({
    items: [
      {
        service: 'azure-sql-serverless',
        region: 'eastus',
        usage: { vcoreHours: vcore_hours, storageGbMonths: storage_gb },
      },
    ],
    free: freeOf(free_tier ?? { storage_gb: 0 }),
    lines: { compute: ['compute'], vcore: ['compute'], storage: ['storage'] },
  }),
);

function freeOf({
  vcore_seconds,
  vcore_s,
  vcore_hours,
  storage_gb,
}: NonNullable<v.InferOutput<typeof freeTier>>) {
  const hours = vcore_hours ?? (vcore_seconds ?? vcore_s ?? 0) / 3600;
  return [
    { prices: ['compute'], quantity: hours },
    { prices: ['storage'], quantity: storage_gb },
  ];
}
