import { amount, count, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of Identity Platform. */
export const googleIdentityPlatform = mappingOf(
  fields({ mau: count(), free_mau: v.optional(v.nullable(amount())) }),
  ({ mau, free_mau }) => ({
    items: [{ service: 'google-identity-platform', usage: { monthlyActiveUsers: mau } }],
    free: [{ prices: ['mau'], quantity: free_mau ?? 0 }],
    lines: { mau: ['mau'] },
    tiersOf: 'mau',
  }),
);
