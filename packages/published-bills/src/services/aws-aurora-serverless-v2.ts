import { amount, fields, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of Aurora Serverless v2: capacity that stands for a part of the hours. */
export const awsAuroraServerlessV2 = mappingOf(
  fields({
    region: v.optional(v.string('the name of a region'), 'us-east-1'),
    /** The mean of the active hours, so not always a step of capacity. */
    acu: real(0, 256),
    hours: v.optional(amount(), 730),
    active_fraction: v.optional(real(0, 1), 1),
    acu_hour_usd: v.optional(amount()),
  }),
  ({ region, acu, hours, active_fraction, acu_hour_usd }) => ({
    items: [
      {
        service: 'aws-aurora-serverless-v2',
        // A price that the example states holds in any region.
        region: acu_hour_usd === undefined ? region : 'us-east-1',
        usage: { acuHours: acu * hours * active_fraction },
      },
    ],
    free: [],
    prices: { acu: acu_hour_usd },
    lines: { acu: ['acu'], acu_hours: ['acu'], compute: ['acu'], capacity: ['acu'] },
  }),
);
