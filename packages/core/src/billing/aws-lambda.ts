import * as v from 'valibot';
import { functionLimits } from '../catalog/function-limits.ts';
import { above, amount, count, fields, oneOf, real, whole } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, plus, quantity, roundUp, times } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import { meterAwsEgress } from './aws-data-transfer.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledPlan } from './service.ts';

const limits = functionLimits('aws-lambda');
const longestMs = limits.timeoutMs ?? 0;

/** The memory of a function. */
export const lambdaMemoryMiB = whole(limits.memoryMiB.min, limits.memoryMiB.max);

const ofAnyFunction = {
  durationMs: above(0, longestMs),
  memoryMiB: lambdaMemoryMiB,
  architecture: v.optional(oneOf(['x86_64', 'arm64']), 'x86_64'),
  ephemeralStorageMiB: v.optional(whole(512, 10_240), 512),
  /** What one event carries, where the function is invoked asynchronously. */
  asyncEventKiB: v.optional(real(0, 1024), 0),
  egressGb: v.optional(amount(), 0),
};

/** A month of one function on demand. */
const OnDemandSchema = v.pipe(
  fields({
    requests: count(),
    ...ofAnyFunction,
    /** The requests that first had to start an instance, and how long that took. */
    coldStarts: v.optional(count(), 0),
    initMs: v.optional(real(0, longestMs), 0),
  }),
  v.forward(
    v.partialCheck(
      [['requests'], ['coldStarts']],
      ({ requests, coldStarts }) => coldStarts <= requests,
      'at most as many as requests',
    ),
    ['coldStarts'],
  ),
);

/** A month of one function with instances kept ready. */
const ProvisionedSchema = fields({
  concurrency: count(),
  /** How long it was configured each time, and how many times. */
  hours: amount(),
  periods: v.optional(count(), 1),
  /** Those that the configured concurrency served. */
  requests: count(),
  ...ofAnyFunction,
  /** Those above it, which run on demand, and how long they take where that differs. */
  requestsAbove: v.optional(count(), 0),
  durationAboveMs: v.optional(above(0, longestMs)),
});

/** Requests and memory of a function in a month, without additional charges. */
type AwsLambdaUsage = Pick<
  v.InferOutput<typeof OnDemandSchema>,
  'requests' | 'durationMs' | 'memoryMiB' | 'architecture'
>;

/** Duration is rounded up to 1 ms: https://aws.amazon.com/lambda/pricing/, 2026. */
export function awsLambdaBilledMs(durationMs: number): number {
  return atLeast(1, roundUpToStep(durationMs, 1));
}

/** Requests, and GB-seconds at the price of the architecture; both architectures share one allowance. */
export function meterAwsLambda(usage: AwsLambdaUsage, prices: RegionPrices): readonly Metered[] {
  const { requests, durationMs, memoryMiB, architecture } = usage;
  const mibMs = BigInt(memoryMiB) * BigInt(awsLambdaBilledMs(durationMs));
  return meterAll(prices, 'aws-lambda', {
    requests: quantity(BigInt(requests)),
    [`compute-${architecture}`]: quantity(BigInt(requests) * mibMs, 1_024_000n),
  });
}

/** The ways in which a function itself is billed. */
export const awsLambdaFunctionPlans: Readonly<Record<string, BilledPlan>> = {
  'on-demand': planOf(OnDemandSchema, meterOnDemand),
  'provisioned-concurrency': planOf(ProvisionedSchema, meterAwsLambdaProvisioned),
};

/** Starting an instance is billed as duration since 2025-08-01: AWS Compute Blog, 2025-04-29. */
function meterOnDemand(
  usage: v.InferOutput<typeof OnDemandSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const { requests, durationMs, coldStarts, initMs } = usage;
  const coldMs = roundUp(plus(exactly(durationMs), exactly(initMs)));
  const warmMs = BigInt(requests - coldStarts) * BigInt(awsLambdaBilledMs(durationMs));
  const runs = { requests, billedMs: warmMs + BigInt(coldStarts) * coldMs };
  return [
    ...meterRuns(runs, { prefix: '', usage, prices }),
    ...meterAwsEgress(usage.egressGb, prices),
  ];
}

/** From enabling to disabling, rounded up to 5 minutes: https://aws.amazon.com/lambda/pricing/, 2026. */
const provisionedStepsAnHour = 12n;
const provisionedStepSeconds = 300n;

/**
 * Instances kept ready, and what ran in them. The page says that the free tier does not apply to such functions;
 * one of its two examples takes the free requests off all the same, and the text is followed here.
 */
export function meterAwsLambdaProvisioned(
  usage: v.InferOutput<typeof ProvisionedSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const { concurrency, hours, periods, memoryMiB, architecture } = usage;
  const { requests, requestsAbove, durationMs, durationAboveMs = durationMs } = usage;
  const steps = roundUp(times(exactly(hours), provisionedStepsAnHour)) * BigInt(periods);
  const mibSeconds = BigInt(concurrency) * BigInt(memoryMiB) * steps * provisionedStepSeconds;
  const ready = { [`provisioned-concurrency-${architecture}`]: quantity(mibSeconds, 1024n) };
  const within = allAlike(requests, durationMs);
  const beyond = allAlike(requestsAbove, durationAboveMs);
  return [
    ...meterAll(prices, 'aws-lambda', ready),
    ...meterRuns(within, { prefix: 'pc-', usage, prices }),
    ...(requestsAbove === 0 ? [] : meterRuns(beyond, { prefix: '', usage, prices })),
    ...meterAwsEgress(usage.egressGb, prices),
  ];
}

/** How often a function ran, and for how long in all. */
interface Runs {
  readonly requests: number;
  readonly billedMs: bigint;
}

interface RunOptions {
  /** Which prices of requests and compute are meant. */
  readonly prefix: '' | 'pc-';
  readonly usage: Pick<
    v.InferOutput<typeof OnDemandSchema>,
    'memoryMiB' | 'architecture' | 'ephemeralStorageMiB' | 'asyncEventKiB'
  >;
  readonly prices: RegionPrices;
}

function allAlike(requests: number, durationMs: number): Runs {
  return { requests, billedMs: BigInt(requests) * BigInt(awsLambdaBilledMs(durationMs)) };
}

function meterRuns(
  { requests, billedMs }: Runs,
  { prefix, usage, prices }: RunOptions,
): readonly Metered[] {
  const { memoryMiB, architecture, ephemeralStorageMiB, asyncEventKiB } = usage;
  const gbSeconds = (mib: number) => quantity(BigInt(mib) * billedMs, 1_024_000n);
  // 512 MB are every function's own: https://aws.amazon.com/lambda/pricing/, 2026.
  const extraMiB = ephemeralStorageMiB - 512;
  return meterAll(prices, 'aws-lambda', {
    [`${prefix}requests`]: quantity(BigInt(requests) * requestsAnEvent(asyncEventKiB)),
    [`${prefix}compute-${architecture}`]: gbSeconds(memoryMiB),
    ...(extraMiB === 0 ? {} : { 'ephemeral-storage': gbSeconds(extraMiB) }),
  });
}

/** An event counts once for its first 256 KB and again for each further 64 KB: https://aws.amazon.com/lambda/pricing/, 2026. */
function requestsAnEvent(eventKiB: number): bigint {
  return BigInt(roundUpToStep(atLeast(256, eventKiB), 64) / 64 - 3);
}
