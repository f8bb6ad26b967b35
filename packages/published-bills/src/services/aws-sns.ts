import { amount, count, fields, oneOf, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { mappingOf, type Mapping } from '../restated.ts';

const free = freeTier({
  requests: ['requests', 'fifo-requests'],
  http: ['http'],
  email: ['email'],
});

const subscriptions = fields({
  http: v.optional(count(), 0),
  email: v.optional(count(), 0),
  firehose: v.optional(count(), 0),
  mobile_push: v.optional(count(), 0),
  macos_push: v.optional(count(), 0),
});

const common = {
  region: v.optional(v.string('the name of a region'), 'us-east-1'),
  type: v.optional(oneOf(['standard', 'fifo']), 'standard'),
  publishes: count(),
  payload_kb: v.optional(amount(), 1),
  chunk_kb: v.optional(real(64, 64)),
  free_tier: free.schema,
};

/** Standard topics, with their subscriptions by endpoint. */
const standard = mappingOf(
  fields({
    ...common,
    subscriptions: v.optional(subscriptions, {}),
  }),
  ({ region, publishes, payload_kb, subscriptions: each, free_tier }) => ({
    items: [
      {
        service: 'aws-sns',
        region,
        plan: 'standard',
        usage: {
          publishes,
          payloadKiB: payload_kb,
          subscriptions: {
            http: each.http,
            email: each.email,
            firehose: each.firehose,
            mobilePush: each.mobile_push,
            macosPush: each.macos_push,
          },
        },
      },
    ],
    free: free.from(free_tier),
    lines: {
      requests: ['requests'],
      publishes: ['requests'],
      http: ['http'],
      email: ['email'],
      firehose: ['firehose'],
      mobile_push: ['mobile-push'],
      macos_push: ['macos-push'],
    },
  }),
);

/** FIFO topics, with the number of their queues. */
const fifo = mappingOf(
  fields({ ...common, subscriptions: v.optional(count(), 0) }),
  ({ region, publishes, payload_kb, subscriptions: queues, free_tier }) => ({
    items: [
      {
        service: 'aws-sns',
        region,
        plan: 'fifo',
        usage: { publishes, payloadKiB: payload_kb, subscriptions: queues },
      },
    ],
    free: free.from(free_tier),
    lines: {
      requests: ['fifo-requests'],
      publishes: ['fifo-requests'],
      payload: ['fifo-payload'],
      deliveries: ['fifo-deliveries'],
      delivery_payload: ['fifo-delivery-payload'],
      publish_requests: ['fifo-requests'],
      publish_payload: ['fifo-payload'],
      notifications: ['fifo-deliveries'],
      notification_payload: ['fifo-delivery-payload'],
    },
  }),
);

/** Bills of SNS. */
export const awsSns: Mapping = {
  read: (inputs) => (isFifo(inputs) ? fifo : standard).read(inputs),
};

function isFifo(inputs: unknown): boolean {
  return (
    typeof inputs === 'object' && inputs !== null && 'type' in inputs && inputs.type === 'fifo'
  );
}
