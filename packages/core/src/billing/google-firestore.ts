import * as v from 'valibot';
import { amount, count, fields, whole } from '../input-fields.ts';
import { openPriceList, type MeterPrice } from '../pricing/price-list.ts';
import { exactly, quantity, times } from '../pricing/quantity.ts';
import data from '../pricing/lists/google-firestore.json' with { type: 'json' };
import type { Metered } from './metered.ts';
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

const list = openPriceList(data);

function meterGoogleFirestore(
  usage: v.InferOutput<typeof GoogleFirestoreUsageSchema>,
  region: string,
): readonly Metered[] {
  const perDay = (often: number, id: string): Metered => ({
    quantity: quantity(BigInt(often) * BigInt(usage.days)),
    price: overDays(list.price(region, id), usage.days),
  });
  return [
    perDay(usage.readsPerDay, 'reads'),
    perDay(usage.writesPerDay, 'writes'),
    perDay(usage.deletesPerDay, 'deletes'),
    { quantity: exactly(usage.storageGbMonths), price: list.price(region, 'storage') },
    { quantity: exactly(usage.egressGb), price: list.price(region, 'egress') },
  ];
}

const known = new Map<MeterPrice, Map<number, MeterPrice>>();

/**
 * The allowance of reads, writes and deletes is one of each day, and what a day leaves is lost; over so many days
 * alike it is so many times as much: https://firebase.google.com/docs/firestore/billing-example, read 2026-11-22.
 */
function overDays(price: MeterPrice, days: number): MeterPrice {
  const ofPrice = known.get(price) ?? new Map<number, MeterPrice>();
  known.set(price, ofPrice);
  const found = ofPrice.get(days);
  if (found !== undefined) return found;
  const made = {
    ...price,
    allowance: times(price.allowance, BigInt(days)),
    // Months of different length are lines of their own, in the order of their days.
    order: price.order + days / 100,
  };
  ofPrice.set(days, made);
  return made;
}

/** Firestore. */
export const googleFirestore: BilledService = {
  id: 'google-firestore',
  list,
  plans: { 'pay-as-you-go': planOf(GoogleFirestoreUsageSchema, meterGoogleFirestore) },
};
