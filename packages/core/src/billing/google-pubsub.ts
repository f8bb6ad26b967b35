import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of topics and their subscriptions. */
const GooglePubsubUsageSchema = fields({
  /** What is published, and what is delivered to each subscription once more. */
  throughputGib: amount(),
  /** Messages that are kept after they were acknowledged. */
  retainedGibMonths: v.optional(amount(), 0),
  snapshotGibMonths: v.optional(amount(), 0),
});

/** Pub/Sub. */
export const googlePubsub: BilledService = {
  id: 'google-pubsub',
  plans: {
    'pay-as-you-go': planOf(GooglePubsubUsageSchema, (usage, prices) =>
      meterAll(prices, 'google-pubsub', {
        throughput: usage.throughputGib,
        retained: usage.retainedGibMonths,
        snapshots: usage.snapshotGibMonths,
      }),
    ),
  },
};
