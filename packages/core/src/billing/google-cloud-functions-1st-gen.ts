import * as v from 'valibot';
import { functionLimits } from '../catalog/function-limits.ts';
import { above, amount, count, fields, oneOf, real, whole } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import {
  exactly,
  fromDecimal,
  plus,
  product,
  quantity,
  type Quantity,
} from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/**
 * The processor that comes with each memory size, in GHz; 2.4 GHz are one vCPU:
 * https://docs.cloud.google.com/functions/1stgendocs/configuring/memory, read 2026-11-22.
 */
const ghz: ReadonlyMap<number, string> = new Map([
  [128, '0.2'],
  [256, '0.4'],
  [512, '0.8'],
  [1024, '1.4'],
  [2048, '2.4'],
  [4096, '4.8'],
  [8192, '4.8'],
]);

const memoryMiB = oneOf([...ghz.keys()]);

/** A month of one function. */
const InvocationsSchema = fields({
  invocations: count(),
  durationMs: above(0, functionLimits('google-cloud-functions-1st-gen').timeoutMs ?? 0),
  memoryMiB,
  /** What each invocation sends to the internet. */
  responseKiB: v.optional(real(0, 10_240), 0),
  /** Other data sent to the internet. */
  egressGb: v.optional(amount(), 0),
});

/** A month of instances that are kept warm, while they wait. */
const MinimumInstancesSchema = fields({
  memoryMiB,
  instances: whole(0, 3000),
  /** How long each of them waits in the month. */
  idleSeconds: real(0, 2_678_400),
});

/** Each invocation is rounded up to 100 ms: https://cloud.google.com/functions/pricing, read 2026-11-22. */
export function meterGoogleCloudFunctions1stGen(
  usage: v.InferOutput<typeof InvocationsSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const invocations = BigInt(usage.invocations);
  const billedMs = BigInt(atLeast(100, roundUpToStep(usage.durationMs, 100)));
  const responses = product(quantity(invocations, 1024n * 1024n), exactly(usage.responseKiB));
  return meterAll(prices, 'google-cloud-functions-1st-gen', {
    invocations: quantity(invocations),
    ...timeOf(usage.memoryMiB, quantity(invocations * billedMs, 1000n), ''),
    egress: plus(responses, exactly(usage.egressGb)),
  });
}

function meterMinimumInstances(
  usage: v.InferOutput<typeof MinimumInstancesSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const seconds = product(quantity(BigInt(usage.instances)), exactly(usage.idleSeconds));
  const time = timeOf(usage.memoryMiB, seconds, 'idle-');
  return meterAll(prices, 'google-cloud-functions-1st-gen', time);
}

function timeOf(mib: number, seconds: Quantity, prefix: '' | 'idle-') {
  return {
    [`${prefix}cpu`]: product(fromDecimal(ghz.get(mib) ?? '0'), seconds),
    [`${prefix}memory`]: product(quantity(BigInt(mib), 1024n), seconds),
  };
}

/** Cloud Functions of the first generation. */
export const googleCloudFunctions1stGen: BilledService = {
  id: 'google-cloud-functions-1st-gen',
  plans: {
    invocations: planOf(InvocationsSchema, meterGoogleCloudFunctions1stGen),
    'minimum-instances': planOf(MinimumInstancesSchema, meterMinimumInstances),
  },
};
