import { amount, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of what leaves Cloud Storage. */
export const googleCloudStorageEgress = mappingOf(
  fields({
    worldwide_gb: v.optional(amount(), 0),
    asia_gb: v.optional(amount(), 0),
    china_gb: v.optional(amount(), 0),
    australia_gb: v.optional(amount(), 0),
  }),
  (given) => ({
    items: [
      {
        service: 'google-cloud-storage-egress',
        region: 'us',
        usage: {
          worldwideGb: given.worldwide_gb,
          asiaGb: given.asia_gb,
          chinaGb: given.china_gb,
          australiaGb: given.australia_gb,
        },
      },
    ],
    free: [],
    lines: {
      worldwide: ['worldwide'],
      asia: ['asia'],
      china: ['china'],
      australia: ['australia'],
      egress: ['worldwide', 'asia', 'china', 'australia'],
    },
    tiersOf: 'worldwide',
  }),
);
