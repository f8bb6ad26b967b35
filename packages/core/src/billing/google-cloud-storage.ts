import * as v from 'valibot';
import { amount, count, fields, oneOf } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const notKnown = '0 outside the standard class, where the price of operations is not known';

/** A month of buckets of one class; what they send elsewhere is google-cloud-storage-egress. */
const GoogleCloudStorageUsageSchema = v.pipe(
  fields({
    class: v.optional(oneOf(['standard', 'nearline', 'coldline']), 'standard'),
    storageGibMonths: amount(),
    /** What is read out of nearline or coldline; out of standard it is free. */
    retrievedGib: v.optional(amount(), 0),
    /** Adding objects and listing them. */
    classAOperations: v.optional(count(), 0),
    /** Getting objects and their metadata. */
    classBOperations: v.optional(count(), 0),
  }),
  v.forward(
    v.partialCheck(
      [['class'], ['classAOperations']],
      (usage) => usage.class === 'standard' || usage.classAOperations === 0,
      notKnown,
    ),
    ['classAOperations'],
  ),
  v.forward(
    v.partialCheck(
      [['class'], ['classBOperations']],
      (usage) => usage.class === 'standard' || usage.classBOperations === 0,
      notKnown,
    ),
    ['classBOperations'],
  ),
);

function meterGoogleCloudStorage(
  usage: v.InferOutput<typeof GoogleCloudStorageUsageSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  return meterAll(prices, 'google-cloud-storage', {
    [usage.class]: usage.storageGibMonths,
    ...(usage.class === 'standard'
      ? { 'class-a': usage.classAOperations, 'class-b': usage.classBOperations }
      : { [`${usage.class}-retrieval`]: usage.retrievedGib }),
  });
}

/** Objects in Cloud Storage. */
export const googleCloudStorage: BilledService = {
  id: 'google-cloud-storage',
  plans: { 'pay-as-you-go': planOf(GoogleCloudStorageUsageSchema, meterGoogleCloudStorage) },
};
