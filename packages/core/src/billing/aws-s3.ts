import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { meterAll, meterUsed } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of what is kept in the class Standard. */
const StandardSchema = fields({
  /** The mean over the hours of the month: https://aws.amazon.com/s3/faqs/. 1 TB is 1,024 GB. */
  storageGbMonths: amount(),
  /** PUT, COPY, POST and LIST. */
  putRequests: v.optional(count(), 0),
  /** GET, SELECT and all others. */
  getRequests: v.optional(count(), 0),
});

/** A month of what is kept in the class Standard-Infrequent Access. */
const InfrequentAccessSchema = fields({
  storageGbMonths: amount(),
  putRequests: v.optional(count(), 0),
  getRequests: v.optional(count(), 0),
  retrievalGb: v.optional(amount(), 0),
  /** Objects that a lifecycle rule moved into the class. */
  lifecycleTransitions: v.optional(count(), 0),
});

/** Buckets of S3, without data transfer. */
export const awsS3: BilledService = {
  id: 'aws-s3',
  plans: {
    // What is stored, and of the rest what there was: some regions have a price of storage only.
    standard: planOf(StandardSchema, (usage, prices) => [
      ...meterAll(prices, 'aws-s3', { standard: usage.storageGbMonths }),
      ...meterUsed(prices, 'aws-s3', { put: usage.putRequests, get: usage.getRequests }),
    ]),
    'standard-ia': planOf(InfrequentAccessSchema, (usage, prices) => [
      ...meterAll(prices, 'aws-s3', { 'standard-ia': usage.storageGbMonths }),
      ...meterUsed(prices, 'aws-s3', {
        'ia-put': usage.putRequests,
        'ia-get': usage.getRequests,
        'ia-retrieval': usage.retrievalGb,
        lifecycle: usage.lifecycleTransitions,
      }),
    ]),
  },
};
