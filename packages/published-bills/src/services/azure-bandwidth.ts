import { amount, fields, oneOf } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of data transfer out to the internet. */
export const azureBandwidth = mappingOf(
  fields({
    zone: v.optional(oneOf([1]), 1),
    gb: amount(),
    free_gb: v.optional(v.nullable(amount())),
  }),
  ({ zone, gb, free_gb }) => ({
    items: [{ service: 'azure-bandwidth', region: `zone-${zone}`, usage: { internetGb: gb } }],
    free: [{ prices: ['internet'], quantity: free_gb ?? 0 }],
    lines: { egress: ['internet'] },
    tiersOf: 'egress',
  }),
);
