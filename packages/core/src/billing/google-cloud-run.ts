import * as v from 'valibot';
import { above, amount, count, fields, whole } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, product, quantity, type Quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import {
  instanceFields,
  isShareable,
  isSold,
  rightVcpu,
  timeoutMs,
} from './google-cloud-run-size.ts';
import { instanceMs } from './instance-time.ts';
import { arrivalFields, type InstanceBilling } from './instance-traffic.ts';
import { instanceTimeMs } from './listed-arrivals.ts';
import { meterAll, meterUsed, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const egress = { egressGib: v.optional(amount(), 0) };

const ownInstance = '1 below one vCPU, where requests do not share an instance';

/** A month of one Cloud Run function under request-based billing, of which only the totals are known. */
const RequestsSchema = v.pipe(
  fields({
    requests: count(),
    durationMs: above(0, timeoutMs),
    ...instanceFields,
    ...arrivalFields,
    ...egress,
  }),
  v.forward(v.partialCheck([['memoryMiB'], ['vcpu']], isSold, rightVcpu), ['vcpu']),
  v.forward(v.partialCheck([['memoryMiB'], ['vcpu'], ['concurrency']], isShareable, ownInstance), [
    'concurrency',
  ]),
);

const severalArrivals = 'an array of 1 to 1,000 requests, each with atMs and durationMs';

/** A stretch of requests whose times are known, and how many times a month it comes. */
const ArrivalsSchema = v.pipe(
  fields({
    arrivals: v.pipe(
      v.array(
        fields({ atMs: whole(0, 2_678_400_000), durationMs: whole(1, timeoutMs) }),
        severalArrivals,
      ),
      v.minLength(1, severalArrivals),
      v.maxLength(1000, severalArrivals),
    ),
    repetitions: v.optional(count(), 1),
    ...instanceFields,
    ...egress,
  }),
  v.forward(v.partialCheck([['memoryMiB'], ['vcpu']], isSold, rightVcpu), ['vcpu']),
  v.forward(v.partialCheck([['memoryMiB'], ['vcpu'], ['concurrency']], isShareable, ownInstance), [
    'concurrency',
  ]),
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

/** How Cloud Run bills the time of an instance. */
export const googleCloudRunInstanceBilling: InstanceBilling = { stepMs: 100, minimumMs: 0 };

/** Instance time is rounded up to 100 ms. */
export function googleCloudRunBilledMs(durationMs: number): number {
  return atLeast(100, roundUpToStep(durationMs, 100));
}

/** Requests, vCPU-seconds and GiB-seconds; instances are billed by the model of instance time. */
export function meterGoogleCloudRun(
  usage: GoogleCloudRunUsage,
  prices: RegionPrices,
): readonly Metered[] {
  const billedMs = instanceMs(usage, googleCloudRunInstanceBilling);
  return meterInstances({ requests: BigInt(usage.requests), billedMs }, usage, prices);
}

/** Where the times are known, an instance is billed while at least one request is in it. */
function meterArrivals(
  usage: v.InferOutput<typeof ArrivalsSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const { arrivals, concurrency } = usage;
  const repetitions = BigInt(usage.repetitions);
  const ms = instanceTimeMs(arrivals, { concurrency, ...googleCloudRunInstanceBilling });
  const requests = BigInt(arrivals.length) * repetitions;
  return meterInstances({ requests, billedMs: quantity(BigInt(ms) * repetitions) }, usage, prices);
}

interface Served {
  readonly requests: bigint;
  /** Billed time of all instances together. */
  readonly billedMs: Quantity;
}

function meterInstances(
  { requests, billedMs }: Served,
  usage: Pick<GoogleCloudRunUsage, 'memoryMiB' | 'vcpu'>,
  prices: RegionPrices,
): readonly Metered[] {
  const seconds = product(billedMs, quantity(1n, 1000n));
  return meterAll(prices, 'google-cloud-run', {
    requests: quantity(requests),
    cpu: product(seconds, exactly(usage.vcpu)),
    memory: product(seconds, quantity(BigInt(usage.memoryMiB), 1024n)),
  });
}

/** A second of one instance. */
export function meterGoogleCloudRunSecond(
  { memoryMiB, vcpu }: Pick<GoogleCloudRunUsage, 'memoryMiB' | 'vcpu'>,
  prices: RegionPrices,
): readonly Metered[] {
  return meterAll(prices, 'google-cloud-run', {
    cpu: vcpu,
    memory: quantity(BigInt(memoryMiB), 1024n),
  });
}

function meterTotals(
  ids: { readonly cpu: string; readonly memory: string },
  { vcpuSeconds, gibSeconds }: v.InferOutput<typeof IdleTotalsSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  return meterAll(prices, 'google-cloud-run', { [ids.cpu]: vcpuSeconds, [ids.memory]: gibSeconds });
}

/** Instances that are billed for all of their time. */
export function meterGoogleCloudRunInstances(
  usage: v.InferOutput<typeof IdleTotalsSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  return meterTotals({ cpu: 'instance-cpu', memory: 'instance-memory' }, usage, prices);
}

/** What goes to readers on the same continent; nothing where nothing is sent. */
export function meterGoogleCloudRunEgress(
  { egressGib }: { readonly egressGib: number },
  prices: RegionPrices,
): readonly Metered[] {
  return meterUsed(prices, 'google-cloud-run', { egress: egressGib });
}

/** Cloud Run, and the Cloud Run functions that run on it. */
export const googleCloudRun: BilledService = {
  id: 'google-cloud-run',
  plans: {
    'request-based': planOf(RequestsSchema, (usage, prices) => [
      ...meterGoogleCloudRun(usage, prices),
      ...meterGoogleCloudRunEgress(usage, prices),
    ]),
    'request-based-arrivals': planOf(ArrivalsSchema, (usage, prices) => [
      ...meterArrivals(usage, prices),
      ...meterGoogleCloudRunEgress(usage, prices),
    ]),
    'request-based-totals': planOf(RequestTotalsSchema, (usage, prices) => [
      ...meterAll(prices, 'google-cloud-run', { requests: usage.requests }),
      ...meterTotals({ cpu: 'cpu', memory: 'memory' }, usage, prices),
      ...meterGoogleCloudRunEgress(usage, prices),
    ]),
    'instance-based': planOf(InstanceTotalsSchema, (usage, prices) => [
      ...meterGoogleCloudRunInstances(usage, prices),
      ...meterGoogleCloudRunEgress(usage, prices),
    ]),
    'idle-minimum-instances': planOf(IdleTotalsSchema, (usage, prices) =>
      meterTotals({ cpu: 'idle-cpu', memory: 'idle-memory' }, usage, prices),
    ),
  },
};
