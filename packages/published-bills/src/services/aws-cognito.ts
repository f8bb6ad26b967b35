import { amount, count, fields, oneOf } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

const plans = ['essentials', 'lite', 'lite-legacy'];

/** Bills of Cognito. */
export const awsCognito = mappingOf(
  fields({
    plan: v.optional(oneOf(['essentials', 'lite', 'lite-legacy']), 'essentials'),
    mau: count(),
    free_mau: v.optional(v.nullable(amount())),
  }),
  ({ plan, mau, free_mau }) => ({
    items: [
      { service: 'aws-cognito', region: 'us-east-1', plan, usage: { monthlyActiveUsers: mau } },
    ],
    free: [{ prices: plans, quantity: free_mau ?? 0 }],
    lines: { mau: plans },
    tiersOf: 'mau',
  }),
);
