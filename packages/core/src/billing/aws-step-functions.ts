import * as v from 'valibot';
import { count, fields, real } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of standard workflows; a retry is a transition of its own. */
const StandardSchema = fields({ transitions: count() });

/** A month of one express workflow. */
const ExpressSchema = fields({
  requests: count(),
  /** An express workflow ends within five minutes. */
  durationMs: real(0, 300_000),
  memoryMiB: v.optional(real(0, 1_048_576), 0),
});

/** A month of one express workflow. */
type Express = v.InferOutput<typeof ExpressSchema>;

/** Duration is rounded up to 100 ms, memory to 64 MB: https://aws.amazon.com/step-functions/pricing/, 2026-06-10. */
function meterExpress(
  { requests, durationMs, memoryMiB }: Express,
  prices: RegionPrices,
): readonly Metered[] {
  const billedMs = BigInt(roundUpToStep(atLeast(100, durationMs), 100));
  const billedMiB = BigInt(roundUpToStep(atLeast(64, memoryMiB), 64));
  return meterAll(prices, 'aws-step-functions', {
    'express-requests': quantity(BigInt(requests)),
    'express-duration': quantity(BigInt(requests) * billedMs * billedMiB, 1_024_000n),
  });
}

/** Workflows of Step Functions. */
export const awsStepFunctions: BilledService = {
  id: 'aws-step-functions',
  plans: {
    standard: planOf(StandardSchema, ({ transitions }, prices) =>
      meterAll(prices, 'aws-step-functions', { transitions: quantity(BigInt(transitions)) }),
    ),
    express: planOf(ExpressSchema, meterExpress),
  },
};
