import { amount, fields, oneOf } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

const throughput = ['throughput', 'throughput-above-1000'];

/** Bills of Cosmos DB. */
export const azureCosmosDb = mappingOf(
  v.pipe(
    fields({
      region: v.optional(v.string('the name of a region'), 'eastus'),
      mode: oneOf(['provisioned', 'serverless']),
      ru_per_s: v.optional(amount()),
      hours: v.optional(amount()),
      ru: v.optional(amount()),
      storage_gb: v.optional(amount(), 0),
    }),
    v.forward(
      v.check(
        ({ mode, ru }) => mode === 'serverless' || ru === undefined,
        'left out where mode is "provisioned", which is billed by ru_per_s',
      ),
      ['ru'],
    ),
    v.forward(
      v.check(
        ({ mode, ru_per_s }) => mode === 'provisioned' || ru_per_s === undefined,
        'left out where mode is "serverless", which is billed by ru',
      ),
      ['ru_per_s'],
    ),
  ),
  ({ region, mode, ru_per_s = 0, hours = 730, ru = 0, storage_gb }) => ({
    items: [
      {
        service: 'azure-cosmos-db',
        region,
        plan: mode,
        usage:
          mode === 'serverless'
            ? { requestUnits: ru, storageGbMonths: storage_gb }
            : { requestUnitsPerS: ru_per_s, hours, storageGbMonths: storage_gb },
      },
    ],
    free: [],
    lines: {
      throughput,
      ru_per_s: throughput,
      provisioned: throughput,
      ru: ['request-units', ...throughput],
      storage: ['storage', 'serverless-storage'],
    },
  }),
);
