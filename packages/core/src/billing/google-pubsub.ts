import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/google-pubsub.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of topics and their subscriptions. */
const GooglePubsubUsageSchema = fields({
  /** What is published, and what is delivered to each subscription once more. */
  throughputGib: amount(),
  /** Messages that are kept after they were acknowledged. */
  retainedGibMonths: v.optional(amount(), 0),
  snapshotGibMonths: v.optional(amount(), 0),
});

const list = openPriceList(data);

/** Pub/Sub. */
export const googlePubsub: BilledService = {
  id: 'google-pubsub',
  list,
  plans: {
    'pay-as-you-go': planOf(GooglePubsubUsageSchema, (usage, region) => [
      { quantity: exactly(usage.throughputGib), price: list.price(region, 'throughput') },
      { quantity: exactly(usage.retainedGibMonths), price: list.price(region, 'retained') },
      { quantity: exactly(usage.snapshotGibMonths), price: list.price(region, 'snapshots') },
    ]),
  },
};
