import * as v from 'valibot';
import { count, fields, real, whole } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, product, quantity, times } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import { meterAll, meterUsed, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** The longest message: https://docs.aws.amazon.com/general/latest/gr/sns.html. */
const longestKiB = 256;

/** How many receive each message; what goes to Lambda and SQS is delivered without charge. */
const SubscriptionsSchema = fields({
  http: v.optional(whole(0, 12_500_000), 0),
  email: v.optional(whole(0, 12_500_000), 0),
  mobilePush: v.optional(whole(0, 12_500_000), 0),
  macosPush: v.optional(whole(0, 12_500_000), 0),
  firehose: v.optional(whole(0, 12_500_000), 0),
});

/** A month of one standard topic. */
const StandardSchema = fields({
  publishes: count(),
  payloadKiB: v.optional(real(0, longestKiB), 1),
  subscriptions: v.optional(SubscriptionsSchema, {}),
});

/** A month of one FIFO topic. */
const FifoSchema = fields({
  publishes: count(),
  payloadKiB: v.optional(real(0, longestKiB), 1),
  /** The queues that receive each message. */
  subscriptions: v.optional(whole(0, 100), 0),
});

/** Each 64 KB are a request, and are delivered as one: the golden of the list and https://aws.amazon.com/sns/pricing/. */
const chunkKiB = 64;

function meterStandard(
  { publishes, payloadKiB, subscriptions }: v.InferOutput<typeof StandardSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const chunks = roundUpToStep(atLeast(chunkKiB, payloadKiB), chunkKiB) / chunkKiB;
  const requests = quantity(BigInt(publishes) * BigInt(chunks));
  const delivered = (receivers: number) => times(requests, BigInt(receivers));
  return [
    ...meterAll(prices, 'aws-sns', { requests }),
    ...meterUsed(prices, 'aws-sns', {
      http: delivered(subscriptions.http),
      email: delivered(subscriptions.email),
      'mobile-push': delivered(subscriptions.mobilePush),
      'macos-push': delivered(subscriptions.macosPush),
      firehose: delivered(subscriptions.firehose),
    }),
  ];
}

/** A GB of FIFO payload is 1,000,000 KB in the golden of the list. */
const gbOfKb = quantity(1n, 1_000_000n);

/** FIFO topics bill messages and their bytes, in and out, without chunks and without a free allowance. */
function meterFifo(
  { publishes, payloadKiB, subscriptions }: v.InferOutput<typeof FifoSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const requests = quantity(BigInt(publishes));
  const gb = product(times(exactly(payloadKiB), BigInt(publishes)), gbOfKb);
  const receivers = BigInt(subscriptions);
  return meterAll(prices, 'aws-sns', {
    'fifo-requests': requests,
    'fifo-payload': gb,
    'fifo-deliveries': times(requests, receivers),
    'fifo-delivery-payload': times(gb, receivers),
  });
}

/** Topics of SNS. */
export const awsSns: BilledService = {
  id: 'aws-sns',
  plans: { standard: planOf(StandardSchema, meterStandard), fifo: planOf(FifoSchema, meterFifo) },
};
