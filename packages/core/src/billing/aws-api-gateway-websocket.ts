import * as v from 'valibot';
import { amount, count, fields, real } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of one WebSocket API. */
const AwsApiGatewayWebsocketUsageSchema = fields({
  /** Messages sent and received. */
  messages: count(),
  /** A message is 128 KB at most: https://aws.amazon.com/api-gateway/pricing/, 2025-11-02. */
  messageKiB: v.optional(real(0, 128), 1),
  connectionMinutes: v.optional(amount(), 0),
});

/** A month of one WebSocket API. */
type AwsApiGatewayWebsocketUsage = v.InferOutput<typeof AwsApiGatewayWebsocketUsageSchema>;

/** Messages are metered in increments of 32 KB: same page. */
const incrementKiB = 32;

function meterAwsApiGatewayWebsocket(
  { messages, messageKiB, connectionMinutes }: AwsApiGatewayWebsocketUsage,
  prices: RegionPrices,
): readonly Metered[] {
  const increments = roundUpToStep(atLeast(incrementKiB, messageKiB), incrementKiB) / incrementKiB;
  return meterAll(prices, 'aws-api-gateway-websocket', {
    messages: quantity(BigInt(messages) * BigInt(increments)),
    'connection-minutes': connectionMinutes,
  });
}

/** WebSocket APIs of API Gateway. */
export const awsApiGatewayWebsocket: BilledService = {
  id: 'aws-api-gateway-websocket',
  plans: {
    'pay-per-message': planOf(AwsApiGatewayWebsocketUsageSchema, meterAwsApiGatewayWebsocket),
  },
};
