import { amount, count, fields, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { mappingOf } from '../restated.ts';

const free = freeTier({
  messages: ['messages'],
  requests: ['messages'],
  connection_minutes: ['connection-minutes'],
});

const inputs = fields({
  region: v.optional(v.string('the name of a region'), 'us-east-1'),
  messages: v.optional(count()),
  message_kb: v.optional(amount(), 1),
  connection_minutes: v.optional(amount()),
  users: v.optional(count()),
  messages_per_user_per_day: v.optional(amount()),
  connected_hours_per_day: v.optional(real(0, 24)),
  days: v.optional(real(0, 31), 30),
  free_tier: free.schema,
});

type Inputs = v.InferOutput<typeof inputs>;

const together = 'given where users are, and left out where the sum is';

/** Either the sum of a month or what each user does in a day. */
function isOne(sum: number | undefined, perDay: number | undefined, { users }: Inputs): boolean {
  return perDay === undefined ? true : sum === undefined && users !== undefined;
}

/** Bills of WebSocket APIs: of a month's sums, or of users who do the same every day. */
export const awsApiGatewayWebsocket = mappingOf(
  v.pipe(
    inputs,
    v.forward(
      v.check((given) => isOne(given.messages, given.messages_per_user_per_day, given), together),
      ['messages_per_user_per_day'],
    ),
    v.forward(
      v.check(
        (given) => isOne(given.connection_minutes, given.connected_hours_per_day, given),
        together,
      ),
      ['connected_hours_per_day'],
    ),
  ),
  ({ region, message_kb, users = 0, days, free_tier, ...given }) => {
    const { messages_per_user_per_day = 0, connected_hours_per_day = 0 } = given;
    return {
      items: [
        {
          service: 'aws-api-gateway-websocket',
          region,
          usage: {
            messages: given.messages ?? Math.round(users * messages_per_user_per_day * days),
            messageKiB: message_kb,
            connectionMinutes:
              given.connection_minutes ?? users * connected_hours_per_day * 60 * days,
          },
        },
      ],
      free: free.from(free_tier),
      lines: { messages: ['messages'], connection_minutes: ['connection-minutes'] },
      tiersOf: 'messages',
    };
  },
);
