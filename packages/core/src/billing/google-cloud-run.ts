import * as v from 'valibot';
import { above, amount, count, fields, real, whole } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly, quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import data from '../pricing/lists/google-cloud-run.json' with { type: 'json' };
import { meterGoogleNetworkEgress } from './google-network-egress.ts';
import { instanceTimeMs } from './listed-arrivals.ts';
import type { Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const instanceFields = {
  memoryMiB: whole(128, 32_768),
  vcpu: real(0.08, 8),
  /** How many requests an instance serves at the same time; 1 below one vCPU. */
  concurrency: v.optional(whole(1, 1000), 1),
};

const egress = { egressGib: v.optional(amount(), 0) };

interface Shared {
  readonly vcpu: number;
  readonly concurrency: number;
}

const ownInstance = '1 below one vCPU, where requests do not share an instance';

/** https://cloud.google.com/run/docs/configuring/services/cpu, read 2026-11-22. */
export function isShareable({ vcpu, concurrency }: Shared): boolean {
  return vcpu >= 1 || concurrency === 1;
}

/** A month of one Cloud Run function under request-based billing, of which only the totals are known. */
const RequestsSchema = v.pipe(
  fields({ requests: count(), durationMs: above(0, 3_600_000), ...instanceFields, ...egress }),
  v.forward(
    v.partialCheck([['vcpu'], ['concurrency']], (usage) => isShareable(usage), ownInstance),
    ['concurrency'],
  ),
);

const severalArrivals = 'an array of 1 to 1,000 requests, each with atMs and durationMs';

/** A stretch of requests whose times are known, and how many times a month it comes. */
const ArrivalsSchema = v.pipe(
  fields({
    arrivals: v.pipe(
      v.array(
        fields({ atMs: whole(0, 2_678_400_000), durationMs: whole(1, 3_600_000) }),
        severalArrivals,
      ),
      v.minLength(1, severalArrivals),
      v.maxLength(1000, severalArrivals),
    ),
    repetitions: v.optional(count(), 1),
    ...instanceFields,
    ...egress,
  }),
  v.forward(
    v.partialCheck([['vcpu'], ['concurrency']], (usage) => isShareable(usage), ownInstance),
    ['concurrency'],
  ),
);

/** A month of one Cloud Run function under request-based billing, without what it sends. */
export type GoogleCloudRunUsage = Omit<v.InferOutput<typeof RequestsSchema>, 'egressGib'>;

/** A month of request-based billing of which only the totals are known. */
const RequestTotalsSchema = fields({
  requests: v.optional(count(), 0),
  vcpuSeconds: amount(),
  gibSeconds: amount(),
  ...egress,
});

/** A month of instances that are billed for all of their time, whether they serve or not. */
const InstanceTotalsSchema = fields({ vcpuSeconds: amount(), gibSeconds: amount(), ...egress });

/** A month of minimum instances that wait, under request-based billing. */
const IdleTotalsSchema = fields({ vcpuSeconds: amount(), gibSeconds: amount() });

/** A memory size and the vCPUs that come with it. */
export interface GoogleCloudRunSize {
  readonly memoryMiB: number;
  readonly vcpu: number;
}

const largest = { memoryMiB: 32_768, vcpu: 8 };

/** https://docs.cloud.google.com/functions/docs/configuring/memory, read 2026-11-22. */
const sizes: readonly GoogleCloudRunSize[] = [
  { memoryMiB: 128, vcpu: 0.083 },
  { memoryMiB: 256, vcpu: 0.167 },
  { memoryMiB: 512, vcpu: 0.333 },
  { memoryMiB: 1024, vcpu: 0.583 },
  { memoryMiB: 2048, vcpu: 1 },
  { memoryMiB: 4096, vcpu: 2 },
  { memoryMiB: 8192, vcpu: 2 },
  { memoryMiB: 16_384, vcpu: 4 },
  largest,
];

/** The most memory that a function can have. */
export const googleCloudRunMaxMiB = largest.memoryMiB;

/** The smallest size that has the memory; memory beyond the largest is the caller's to refuse. */
export function googleCloudRunSizeFor(memoryMiB: number): GoogleCloudRunSize {
  return sizes.find((size) => size.memoryMiB >= memoryMiB) ?? largest;
}

export const googleCloudRunPrices = openPriceList(data);

/** Instance time is rounded up to 100 ms. */
export function googleCloudRunBilledMs(durationMs: number): number {
  return atLeast(100, roundUpToStep(durationMs, 100));
}

/**
 * Requests, vCPU-seconds and GiB-seconds. When the requests come is not known, so an instance is taken to be full
 * while it works: requests x billed duration / concurrency.
 */
export function meterGoogleCloudRun(
  usage: GoogleCloudRunUsage,
  region: string,
): readonly Metered[] {
  const requests = BigInt(usage.requests);
  const instanceMs = requests * BigInt(googleCloudRunBilledMs(usage.durationMs));
  return meterInstances({ requests, instanceMs, shares: BigInt(usage.concurrency) }, usage, region);
}

/** Where the times are known, an instance is billed once while at least one request is in it. */
function meterArrivals(
  usage: v.InferOutput<typeof ArrivalsSchema>,
  region: string,
): readonly Metered[] {
  const { arrivals, concurrency } = usage;
  const repetitions = BigInt(usage.repetitions);
  const instanceMs = BigInt(instanceTimeMs(arrivals, { concurrency, stepMs: 100, minimumMs: 0 })) * repetitions;
  const requests = BigInt(arrivals.length) * repetitions;
  return meterInstances({ requests, instanceMs, shares: 1n }, usage, region);
}

interface Served {
  readonly requests: bigint;
  /** The time of all instances, to be divided by `shares`. */
  readonly instanceMs: bigint;
  readonly shares: bigint;
}

function meterInstances(
  { requests, instanceMs, shares }: Served,
  usage: GoogleCloudRunSize,
  region: string,
): readonly Metered[] {
  const perInstance = 1000n * shares;
  const vcpu = exactly(usage.vcpu);
  return [
    {
      quantity: quantity(requests),
      price: googleCloudRunPrices.price(region, 'requests'),
    },
    {
      quantity: quantity(instanceMs * vcpu.numerator, perInstance * vcpu.denominator),
      price: googleCloudRunPrices.price(region, 'cpu'),
    },
    {
      quantity: quantity(instanceMs * BigInt(usage.memoryMiB), perInstance * 1024n),
      price: googleCloudRunPrices.price(region, 'memory'),
    },
  ];
}

function meterTotals(
  ids: { readonly cpu: string; readonly memory: string },
  { vcpuSeconds, gibSeconds }: v.InferOutput<typeof IdleTotalsSchema>,
  region: string,
): readonly Metered[] {
  return [
    { quantity: exactly(vcpuSeconds), price: googleCloudRunPrices.price(region, ids.cpu) },
    { quantity: exactly(gibSeconds), price: googleCloudRunPrices.price(region, ids.memory) },
  ];
}

/** Instances that are billed for all of their time. */
export function meterGoogleCloudRunInstances(
  usage: v.InferOutput<typeof IdleTotalsSchema>,
  region: string,
): readonly Metered[] {
  return meterTotals({ cpu: 'instance-cpu', memory: 'instance-memory' }, usage, region);
}

function meterEgress(
  { egressGib }: { readonly egressGib: number },
  region: string,
): readonly Metered[] {
  return meterGoogleNetworkEgress({ worldwideGib: egressGib }, region);
}

/** Cloud Run, and the Cloud Run functions that run on it. */
export const googleCloudRun: BilledService = {
  id: 'google-cloud-run',
  list: googleCloudRunPrices,
  plans: {
    'request-based': planOf(RequestsSchema, (usage, region) => [
      ...meterGoogleCloudRun(usage, region),
      ...meterEgress(usage, region),
    ]),
    'request-based-arrivals': planOf(ArrivalsSchema, (usage, region) => [
      ...meterArrivals(usage, region),
      ...meterEgress(usage, region),
    ]),
    'request-based-totals': planOf(RequestTotalsSchema, (usage, region) => [
      { quantity: exactly(usage.requests), price: googleCloudRunPrices.price(region, 'requests') },
      ...meterTotals({ cpu: 'cpu', memory: 'memory' }, usage, region),
      ...meterEgress(usage, region),
    ]),
    'instance-based': planOf(InstanceTotalsSchema, (usage, region) => [
      ...meterGoogleCloudRunInstances(usage, region),
      ...meterEgress(usage, region),
    ]),
    'idle-minimum-instances': planOf(IdleTotalsSchema, (usage, region) =>
      meterTotals({ cpu: 'idle-cpu', memory: 'idle-memory' }, usage, region),
    ),
  },
};
