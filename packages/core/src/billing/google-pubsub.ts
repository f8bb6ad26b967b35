import * as v from 'valibot';
import { amount, fields } from '../input-fields.ts';
import { openSheet } from '../pricing/price-sheet.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/sheets/google-pubsub.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of topics and their subscriptions. */
const GooglePubsubUsageSchema = fields({
  /** What is published, and what is delivered to each subscription once more. */
  throughputGib: amount(),
  /** Messages that are kept after they were acknowledged. */
  retainedGibMonths: v.optional(amount(), 0),
  snapshotGibMonths: v.optional(amount(), 0),
});

const sheet = openSheet(data);

/** Pub/Sub. */
export const googlePubsub: BilledService = {
  id: 'google-pubsub',
  sheet,
  plans: {
    'pay-as-you-go': planOf(GooglePubsubUsageSchema, (usage, region) => [
      { quantity: exactly(usage.throughputGib), price: sheet.price(region, 'throughput') },
      { quantity: exactly(usage.retainedGibMonths), price: sheet.price(region, 'retained') },
      { quantity: exactly(usage.snapshotGibMonths), price: sheet.price(region, 'snapshots') },
    ]),
  },
};
