import * as v from 'valibot';
import { above, count, fields, whole } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { quantity } from '../pricing/quantity.ts';
import { awsLambdaBilledMs } from './aws-lambda.ts';
import type { Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of one function at the edge. */
const AwsLambdaEdgeUsageSchema = fields({
  requests: count(),
  /** An origin's function runs for 30 seconds at most, a viewer's for 5: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
  durationMs: above(0, 30_000),
  memoryMiB: v.optional(whole(128, 10_240), 128),
});

/** Requests, and seconds of 128 MB by the millisecond: https://aws.amazon.com/lambda/pricing/, 2026. */
function meterAwsLambdaEdge(
  { requests, durationMs, memoryMiB }: v.InferOutput<typeof AwsLambdaEdgeUsageSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const mibMs = BigInt(memoryMiB) * BigInt(awsLambdaBilledMs(durationMs));
  return [
    { quantity: quantity(BigInt(requests)), price: prices.price('aws-lambda-edge', 'requests') },
    {
      quantity: quantity(BigInt(requests) * mibMs, 128_000n),
      price: prices.price('aws-lambda-edge', 'compute'),
    },
  ];
}

/** Lambda@Edge, which has no free tier on the page that prices it. */
export const awsLambdaEdge: BilledService = {
  id: 'aws-lambda-edge',
  plans: { 'on-demand': planOf(AwsLambdaEdgeUsageSchema, meterAwsLambdaEdge) },
};
