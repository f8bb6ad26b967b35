import * as v from 'valibot';
import { count, fields, flag, oneOf, real } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import type { Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of the queues of one kind. */
const AwsSqsUsageSchema = v.pipe(
  fields({
    type: v.optional(oneOf(['standard', 'fifo']), 'standard'),
    /** Calls of the API: every send, receive and delete is one. */
    requests: count(),
    payloadKiB: v.optional(real(0, 1024), 1),
    /** Whether the messages carry a group id on a standard queue, so that no tenant starves another. */
    fairQueue: v.optional(flag(), false),
  }),
  v.forward(
    v.partialCheck(
      [['type'], ['fairQueue']],
      ({ type, fairQueue }) => type === 'standard' || !fairQueue,
      'false for a FIFO queue: fair queues are standard queues',
    ),
    ['fairQueue'],
  ),
);

/** A month of the queues of one kind. */
type AwsSqsUsage = v.InferOutput<typeof AwsSqsUsageSchema>;

/** Each 64 KB of a payload are a request: https://aws.amazon.com/sqs/pricing/, read 2026-11-22. */
const chunkKiB = 64;

/** Requests of the kind of queue; both kinds share one allowance. */
function meterAwsSqs(usage: AwsSqsUsage, prices: RegionPrices): readonly Metered[] {
  const { type, requests, payloadKiB, fairQueue } = usage;
  const chunks = roundUpToStep(atLeast(chunkKiB, payloadKiB), chunkKiB) / chunkKiB;
  const billed = quantity(BigInt(requests) * BigInt(chunks));
  const queue = { quantity: billed, price: prices.price('aws-sqs', type) };
  return fairQueue
    ? [queue, { quantity: billed, price: prices.price('aws-sqs', 'fair') }]
    : [queue];
}

/** Queues of SQS. */
export const awsSqs: BilledService = {
  id: 'aws-sqs',
  plans: { 'pay-per-request': planOf(AwsSqsUsageSchema, meterAwsSqs) },
};
