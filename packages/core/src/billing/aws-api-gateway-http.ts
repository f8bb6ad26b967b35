import * as v from 'valibot';
import { count, fields, real } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of one HTTP API. */
const AwsApiGatewayHttpUsageSchema = fields({
  requests: count(),
  requestKiB: v.optional(real(0, 10_240), 0),
  responseKiB: v.optional(real(0, 10_240), 0),
});

/** A month of one HTTP API. */
type AwsApiGatewayHttpUsage = v.InferOutput<typeof AwsApiGatewayHttpUsageSchema>;

/** Calls are metered in increments of 512 KB: https://aws.amazon.com/api-gateway/pricing/, 2025-11-02. */
const incrementKiB = 512;

/**
 * Calls, each as many times as the larger of its payloads has increments. The free calls of the first twelve
 * months were for accounts older than 2025-07-15 (same page), so no account has them any more.
 */
export function meterAwsApiGatewayHttp(
  { requests, requestKiB, responseKiB }: AwsApiGatewayHttpUsage,
  prices: RegionPrices,
): readonly Metered[] {
  const payloadKiB = atLeast(incrementKiB, Math.max(requestKiB, responseKiB));
  const increments = roundUpToStep(payloadKiB, incrementKiB) / incrementKiB;
  return meterAll(prices, 'aws-api-gateway-http', {
    requests: quantity(BigInt(requests) * BigInt(increments)),
  });
}

/** HTTP APIs of API Gateway. */
export const awsApiGatewayHttp: BilledService = {
  id: 'aws-api-gateway-http',
  plans: { 'pay-per-request': planOf(AwsApiGatewayHttpUsageSchema, meterAwsApiGatewayHttp) },
};
