import { amount, count, fields, whole } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { mappingOf } from '../restated.ts';

const daily = {
  reads_per_day: ['reads'],
  writes_per_day: ['writes'],
  deletes_per_day: ['deletes'],
};
const isDaily = (prices: readonly string[]) =>
  Object.values(daily).some(([price = '']) => prices.includes(price));
const free = freeTier({ ...daily, storage_gb: ['storage'], egress_gb: ['egress'] });

/** Bills of Firestore; what is free of reads, writes and deletes is free each day. */
export const googleFirestore = mappingOf(
  fields({
    location: v.optional(v.string('the name of a region'), 'nam5'),
    reads_per_day: v.optional(count(), 0),
    writes_per_day: v.optional(count(), 0),
    deletes_per_day: v.optional(count(), 0),
    days: v.optional(whole(1, 31), 30),
    storage_gb: v.optional(amount(), 0),
    egress_gb: v.optional(amount(), 0),
    free_tier: free.schema,
  }),
  (given) => ({
    items: [
      {
        service: 'google-firestore',
        region: given.location,
        usage: {
          readsPerDay: given.reads_per_day,
          writesPerDay: given.writes_per_day,
          deletesPerDay: given.deletes_per_day,
          days: given.days,
          storageGbMonths: given.storage_gb,
          egressGb: given.egress_gb,
        },
      },
    ],
    free: free.from(given.free_tier).map(({ prices, quantity }) => ({
      prices,
      quantity: isDaily(prices) ? quantity * given.days : quantity,
    })),
    lines: {
      reads: ['reads'],
      writes: ['writes'],
      deletes: ['deletes'],
      storage: ['storage'],
      egress: ['egress'],
    },
  }),
);
