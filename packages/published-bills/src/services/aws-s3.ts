import { amount, above, fields, oneOf, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of S3: what is stored for so many days of the month. */
export const awsS3 = mappingOf(
  v.pipe(
    fields({
      region: v.optional(v.string('the name of a region'), 'us-east-1'),
      class: v.optional(oneOf(['standard', 'standard-ia']), 'standard'),
      days_in_month: v.optional(above(0, 31), 30),
      stored: v.array(
        fields({ gb: amount(), days: v.optional(real(0, 31)) }),
        'an array of what is stored, each with gb and days',
      ),
    }),
    v.forward(
      v.check(
        ({ stored, days_in_month }) => stored.every(({ days = 0 }) => days <= days_in_month),
        'no less than the days of what is stored',
      ),
      ['days_in_month'],
    ),
  ),
  ({ region, class: plan, days_in_month, stored }) => {
    const gbDays = stored.reduce((sum, { gb, days = days_in_month }) => sum + gb * days, 0);
    return {
      items: [
        { service: 'aws-s3', region, plan, usage: { storageGbMonths: gbDays / days_in_month } },
      ],
      free: [],
      lines: { storage: ['standard', 'standard-ia'] },
      tiersOf: 'storage',
    };
  },
);
