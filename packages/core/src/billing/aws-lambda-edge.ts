import * as v from 'valibot';
import { above, count, fields, whole } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { quantity } from '../pricing/quantity.ts';
import data from '../pricing/lists/aws-lambda-edge.json' with { type: 'json' };
import { awsLambdaBilledMs } from './aws-lambda.ts';
import type { Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of one function at the edge. */
const AwsLambdaEdgeUsageSchema = fields({
  requests: count(),
  durationMs: above(0, 900_000),
  memoryMiB: v.optional(whole(128, 10_240), 128),
});

const awsLambdaEdgePrices = openPriceList(data);

/** Requests, and seconds of 128 MB by the millisecond: https://aws.amazon.com/lambda/pricing/, 2026. */
function meterAwsLambdaEdge(
  { requests, durationMs, memoryMiB }: v.InferOutput<typeof AwsLambdaEdgeUsageSchema>,
  region: string,
): readonly Metered[] {
  const mibMs = BigInt(memoryMiB) * BigInt(awsLambdaBilledMs(durationMs));
  return [
    { quantity: quantity(BigInt(requests)), price: awsLambdaEdgePrices.price(region, 'requests') },
    {
      quantity: quantity(BigInt(requests) * mibMs, 128_000n),
      price: awsLambdaEdgePrices.price(region, 'compute'),
    },
  ];
}

/** Lambda@Edge, which has no free tier on the page that prices it. */
export const awsLambdaEdge: BilledService = {
  id: 'aws-lambda-edge',
  list: awsLambdaEdgePrices,
  plans: { 'on-demand': planOf(AwsLambdaEdgeUsageSchema, meterAwsLambdaEdge) },
};
