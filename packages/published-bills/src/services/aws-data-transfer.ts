import { amount, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of data that leaves a region of AWS. */
export const awsDataTransfer = mappingOf(
  fields({
    region: v.optional(v.string('the name of a region'), 'us-east-1'),
    gb: amount(),
    free_gb: v.optional(v.nullable(amount())),
  }),
  ({ region, gb, free_gb }) => ({
    items: [{ service: 'aws-data-transfer', region, usage: { internetGb: gb } }],
    free: [{ prices: ['internet'], quantity: free_gb ?? 0 }],
    lines: {
      egress: ['internet'],
      internet: ['internet'],
      data_transfer: ['internet'],
      transfer: ['internet'],
    },
    tiersOf: 'egress',
  }),
);
