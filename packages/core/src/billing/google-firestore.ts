import * as v from 'valibot';
import { amount, count, fields, whole } from '../input-fields.ts';
import type { MeterPrice } from '../pricing/price-list.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { quantity, times } from '../pricing/quantity.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of a database, one day like another. */
const GoogleFirestoreUsageSchema = fields({
  readsPerDay: count(),
  writesPerDay: v.optional(count(), 0),
  deletesPerDay: v.optional(count(), 0),
  /** On how many days of the month. */
  days: v.optional(whole(1, 31), 30),
  storageGbMonths: v.optional(amount(), 0),
  egressGb: v.optional(amount(), 0),
});

function meterGoogleFirestore(
  usage: v.InferOutput<typeof GoogleFirestoreUsageSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const perDay = (often: number, id: string): Metered => ({
    quantity: quantity(BigInt(often) * BigInt(usage.days)),
    price: overDays(prices.price('google-firestore', id), usage.days),
  });
  return [
    perDay(usage.readsPerDay, 'reads'),
    perDay(usage.writesPerDay, 'writes'),
    perDay(usage.deletesPerDay, 'deletes'),
    ...meterAll(prices, 'google-firestore', {
      storage: usage.storageGbMonths,
      egress: usage.egressGb,
    }),
  ];
}

/**
 * The allowance of reads, writes and deletes is one of each day, and what a day leaves is lost; over so many days
 * alike it is so many times as much: https://firebase.google.com/docs/firestore/billing-example, read 2026-11-22.
 */
function overDays(price: MeterPrice, days: number): MeterPrice {
  const ofPrice = known.get(price) ?? new Map<number, MeterPrice>();
  known.set(price, ofPrice);
  const made = ofPrice.get(days) ?? {
    ...price,
    allowance: times(price.allowance, BigInt(days)),
    // Months of different length are lines of their own, in the order of their days.
    order: price.order + days / 100,
  };
  ofPrice.set(days, made);
  return made;
}

/** One object for each price and number of days, so that a bill can add up what is priced alike. */
const known = new WeakMap<MeterPrice, Map<number, MeterPrice>>();

/** Firestore. */
export const googleFirestore: BilledService = {
  id: 'google-firestore',
  plans: { 'pay-as-you-go': planOf(GoogleFirestoreUsageSchema, meterGoogleFirestore) },
};
