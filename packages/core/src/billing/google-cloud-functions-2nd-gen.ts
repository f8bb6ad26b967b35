import * as v from 'valibot';
import { above, amount, count, fields, real, whole } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, product, quantity, roundUp, times } from '../pricing/quantity.ts';
import { meterGoogleCloudRun, meterGoogleCloudRunEgress } from './google-cloud-run.ts';
import {
  instanceFields,
  isShareable,
  isSold,
  rightVcpu,
  timeoutMs,
  vcpuOf,
} from './google-cloud-run-size.ts';
import { arrivalFields } from './instance-traffic.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const size = {
  memoryMiB: instanceFields.memoryMiB,
  /** What comes with the memory where it is left out. */
  vcpu: v.optional(instanceFields.vcpu),
};

/** A month of one function that is billed while it serves. */
const RequestsSchema = v.pipe(
  fields({
    requests: count(),
    durationMs: above(0, timeoutMs),
    ...size,
    concurrency: instanceFields.concurrency,
    ...arrivalFields,
    egressGib: v.optional(amount(), 0),
  }),
  v.forward(v.partialCheck([['memoryMiB'], ['vcpu']], isSold, rightVcpu), ['vcpu']),
  v.forward(
    v.partialCheck(
      [['memoryMiB'], ['vcpu'], ['concurrency']],
      isShareable,
      '1 below one vCPU, which is what comes with less than 2,048 MiB',
    ),
    ['concurrency'],
  ),
);

const instances = {
  ...size,
  instances: whole(0, 100_000),
};

/** A month of minimum instances, while they wait. */
const MinimumInstancesSchema = v.pipe(
  fields({
    ...instances,
    /** How long each of them waits. */
    seconds: real(0, 2_678_400),
  }),
  v.forward(v.partialCheck([['memoryMiB'], ['vcpu']], isSold, rightVcpu), ['vcpu']),
);

const wholeVcpu = 'at least 1 where instances are billed for all of their time';

/**
 * A month of instances that are billed for all of their time, which takes a whole vCPU:
 * https://cloud.google.com/run/docs/configuring/services/cpu, read 2026-11-22.
 */
const InstancesSchema = v.pipe(
  fields({
    ...instances,
    /** How long each of them lives. */
    seconds: real(0, 2_678_400),
    egressGib: v.optional(amount(), 0),
  }),
  v.forward(v.partialCheck([['memoryMiB'], ['vcpu']], isSold, rightVcpu), ['vcpu']),
  v.forward(
    v.partialCheck([['vcpu']], ({ vcpu }) => vcpu === undefined || vcpu >= 1, wholeVcpu),
    ['vcpu'],
  ),
  v.forward(
    v.partialCheck(
      [['memoryMiB'], ['vcpu']],
      ({ memoryMiB, vcpu }) => vcpu !== undefined || vcpuOf({ memoryMiB }) >= 1,
      'above 1,024, or vcpu at least 1, where instances are billed for all of their time',
    ),
    ['memoryMiB'],
  ),
);

type Instances = v.InferOutput<typeof MinimumInstancesSchema>;

/** The time of an instance is rounded up to 100 ms, as that of a request is. */
function meterInstances(
  usage: Instances,
  cpu: string,
  memory: string,
  prices: RegionPrices,
): readonly Metered[] {
  const tenths = roundUp(times(exactly(usage.seconds), 10n));
  const seconds = quantity(BigInt(usage.instances) * tenths, 10n);
  return meterAll(prices, 'google-cloud-run', {
    [cpu]: product(exactly(vcpuOf(usage)), seconds),
    [memory]: product(quantity(BigInt(usage.memoryMiB), 1024n), seconds),
  });
}

/** Cloud Functions of the second generation, which are billed as Cloud Run and share its allowances. */
export const googleCloudFunctions2ndGen: BilledService = {
  id: 'google-cloud-functions-2nd-gen',
  list: 'google-cloud-run',
  plans: {
    'request-based': planOf(RequestsSchema, (usage, prices) => [
      ...meterGoogleCloudRun({ ...usage, vcpu: vcpuOf(usage) }, prices),
      ...meterGoogleCloudRunEgress(usage, prices),
    ]),
    'minimum-instances': planOf(MinimumInstancesSchema, (usage, prices) =>
      meterInstances(usage, 'idle-cpu', 'idle-memory', prices),
    ),
    'instance-based': planOf(InstancesSchema, (usage, prices) => [
      ...meterInstances(usage, 'instance-cpu', 'instance-memory', prices),
      ...meterGoogleCloudRunEgress(usage, prices),
    ]),
  },
};
