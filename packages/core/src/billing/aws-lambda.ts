import * as v from 'valibot';
import { openSheet } from '../pricing/price-sheet.ts';
import { quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import data from '../pricing/sheets/aws-lambda.json' with { type: 'json' };
import type { Metered } from './metered.ts';

/** A month of one Lambda function on demand. */
export const AwsLambdaUsageSchema = v.strictObject({
  requests: v.pipe(v.number(), v.integer(), v.minValue(0)),
  durationMs: v.pipe(v.number(), v.gtValue(0)),
  memoryMiB: v.pipe(v.number(), v.integer(), v.minValue(128), v.maxValue(10_240)),
  architecture: v.picklist(['x86_64', 'arm64']),
});

/** A month of one Lambda function on demand. */
export type AwsLambdaUsage = v.InferOutput<typeof AwsLambdaUsageSchema>;

export const awsLambdaSheet = openSheet(data);

/** Duration is rounded up to 1 ms: https://aws.amazon.com/lambda/pricing/, 2026. */
export function awsLambdaBilledMs(durationMs: number): number {
  return atLeast(1, roundUpToStep(durationMs, 1));
}

/** Requests, and GB-seconds at the price of the architecture; both architectures share one allowance. */
export function meterAwsLambda(usage: AwsLambdaUsage, region: string): readonly Metered[] {
  const { requests, durationMs, memoryMiB, architecture } = usage;
  const mibMs = BigInt(memoryMiB) * BigInt(awsLambdaBilledMs(durationMs));
  return [
    {
      meter: 'requests',
      quantity: quantity(BigInt(requests)),
      price: awsLambdaSheet.price(region, 'requests'),
    },
    {
      meter: 'compute',
      quantity: quantity(BigInt(requests) * mibMs, 1_024_000n),
      price: awsLambdaSheet.price(region, `compute-${architecture}`),
    },
  ];
}
