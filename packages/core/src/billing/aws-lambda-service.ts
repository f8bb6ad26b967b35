import * as v from 'valibot';
import { amount, count, fields, oneOf, real, whole } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import {
  exactly,
  isMore,
  minus,
  product,
  quantity,
  roundUp,
  times,
  zero,
} from '../pricing/quantity.ts';
import { awsLambdaFunctionPlans, lambdaMemoryMiB } from './aws-lambda.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

// The rules and roundings below: https://aws.amazon.com/lambda/pricing/, 2026.

/** Snapshots of a function's versions; not for the managed runtimes of Java, where they cost nothing. */
const SnapStartSchema = fields({
  memoryMiB: lambdaMemoryMiB,
  versions: v.optional(count(), 1),
  /** How long each version was active. */
  activeHours: amount(),
  /** Instances that were started from a snapshot. */
  restores: v.optional(count(), 0),
});

/** Answers of one size that were streamed. */
const StreamingSchema = fields({ responses: count(), responseMiB: amount() });

const eventSource = oneOf(['kafka', 'sqs']);

/** Event poller units (EPU) that were at work for the same time. */
const PollersSchema = v.pipe(
  fields({ source: eventSource, units: whole(1, 1_000_000), hours: amount() }),
  v.forward(
    v.partialCheck(
      [['source'], ['units']],
      ({ source, units }) => source === 'kafka' || units >= 2,
      'at least 2 for SQS',
    ),
    ['units'],
  ),
);

/** Event poller units as they add up. */
const PollerHoursSchema = fields({ source: eventSource, unitHours: amount() });

/** What durable functions keep of their progress; their invocations are functions on demand. */
const DurableSchema = fields({
  operations: count(),
  writtenGb: v.optional(amount(), 0),
  retainedGbMonths: v.optional(amount(), 0),
});

/** Instances made for one tenant each. */
const TenantIsolationSchema = fields({ environments: count(), memoryMiB: lambdaMemoryMiB });

/**
 * The memory that a MicroVM is made with, in MiB; half a vCPU comes with each GiB, and both grow to four times as much
 * while it runs: https://docs.aws.amazon.com/lambda/latest/dg/microvms-images.html, read 2026-11-30.
 */
const microVmSizes = [512, 1024, 2048, 4096, 8192];
const [mibAVcpu, growth] = [2048, 4];

/** MicroVMs of one size, on Arm, and what they used on average: their size, or more where they grew. */
const MicroVmsSchema = v.pipe(
  fields({
    runs: count(),
    /** Of each, 31 days at most. */
    durationSeconds: real(0, 2_678_400),
    vcpu: real(0.25, 16),
    memoryMiB: whole(512, 32_768),
    snapshotWrittenGb: v.optional(amount(), 0),
    snapshotReadGb: v.optional(amount(), 0),
    snapshotGbMonths: v.optional(amount(), 0),
  }),
  v.forward(
    v.partialCheck(
      [['vcpu'], ['memoryMiB']],
      ({ vcpu, memoryMiB }) =>
        microVmSizes.some(
          (mib) => isGrownFrom(mib, memoryMiB) && isGrownFrom(mib, vcpu * mibAVcpu),
        ),
      'in a size of a MicroVM with the memory: 1 vCPU with each 2,048 MiB, and up to four times as much of either',
    ),
    ['vcpu'],
  ),
);

function isGrownFrom(mib: number, used: number): boolean {
  return used >= mib && used <= mib * growth;
}

const leastCachedHours = quantity(3n);

/** A snapshot is cached for 3 hours at least, then by the millisecond. */
function meterSnapStart(
  { memoryMiB, versions, activeHours, restores }: v.InferOutput<typeof SnapStartSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const hours = exactly(activeHours);
  const cachedMs = roundUp(
    times(isMore(leastCachedHours, hours) ? leastCachedHours : hours, hourMs),
  );
  return meterAll(prices, 'aws-lambda', {
    'snapstart-cache': quantity(BigInt(versions) * BigInt(memoryMiB) * cachedMs, 1_024_000n),
    'snapstart-restore': quantity(BigInt(restores) * BigInt(memoryMiB), 1024n),
  });
}

const hourMs = 3_600_000n;
const freeMiB = quantity(6n);

/** The first 6 MB of every answer are free; a GB is 1,024 MB. */
function meterStreaming(
  { responses, responseMiB }: v.InferOutput<typeof StreamingSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const size = exactly(responseMiB);
  const beyond = isMore(size, freeMiB) ? minus(size, freeMiB) : zero;
  return meterAll(prices, 'aws-lambda', {
    streamed: product(beyond, quantity(BigInt(responses), 1024n)),
  });
}

/** By the second, and a minute at least. */
function meterPollers(
  { source, units, hours }: v.InferOutput<typeof PollersSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const seconds = roundUp(times(exactly(hours), 3600n));
  const billed = seconds < 60n ? 60n : seconds;
  return meterAll(prices, 'aws-lambda', {
    [`${source}-pollers`]: quantity(BigInt(units) * billed, 3600n),
  });
}

function meterPollerHours(
  { source, unitHours }: v.InferOutput<typeof PollerHoursSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  return meterAll(prices, 'aws-lambda', { [`${source}-pollers`]: unitHours });
}

function meterDurable(
  { operations, writtenGb, retainedGbMonths }: v.InferOutput<typeof DurableSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  return meterAll(prices, 'aws-lambda', {
    'durable-operations': operations,
    'durable-written': writtenGb,
    'durable-retained': retainedGbMonths,
  });
}

function meterTenantIsolation(
  { environments, memoryMiB }: v.InferOutput<typeof TenantIsolationSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  return meterAll(prices, 'aws-lambda', {
    'tenant-isolation': quantity(BigInt(environments) * BigInt(memoryMiB), 1024n),
  });
}

/** By the second. */
function meterMicroVms(
  usage: v.InferOutput<typeof MicroVmsSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const seconds = quantity(BigInt(usage.runs) * roundUp(exactly(usage.durationSeconds)));
  return meterAll(prices, 'aws-lambda', {
    'microvm-cpu': product(seconds, exactly(usage.vcpu)),
    'microvm-memory': product(seconds, quantity(BigInt(usage.memoryMiB), 1024n)),
    'microvm-snapshot-written': usage.snapshotWrittenGb,
    'microvm-snapshot-read': usage.snapshotReadGb,
    'microvm-snapshot-kept': usage.snapshotGbMonths,
  });
}

/** Lambda: its functions and its additional charges. */
export const awsLambda: BilledService = {
  id: 'aws-lambda',
  plans: {
    ...awsLambdaFunctionPlans,
    snapstart: planOf(SnapStartSchema, meterSnapStart),
    'response-streaming': planOf(StreamingSchema, meterStreaming),
    'event-pollers': planOf(PollersSchema, meterPollers),
    'event-poller-hours': planOf(PollerHoursSchema, meterPollerHours),
    'durable-functions': planOf(DurableSchema, meterDurable),
    'tenant-isolation': planOf(TenantIsolationSchema, meterTenantIsolation),
    microvms: planOf(MicroVmsSchema, meterMicroVms),
  },
};
