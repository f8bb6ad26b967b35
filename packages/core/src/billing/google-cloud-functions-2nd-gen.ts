import * as v from 'valibot';
import { above, count, fields, real, whole } from '../input-fields.ts';
import { exactly, product, quantity } from '../pricing/quantity.ts';
import {
  googleCloudRunSheet,
  googleCloudRunSizeFor,
  isShareable,
  meterGoogleCloudRun,
} from './google-cloud-run.ts';
import type { Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const size = {
  memoryMiB: whole(128, 32_768),
  /** What comes with the memory where it is left out. */
  vcpu: v.optional(real(0.08, 8)),
};

/** A month of one function that is billed while it serves. */
const RequestsSchema = v.pipe(
  fields({
    requests: count(),
    durationMs: above(0, 3_600_000),
    ...size,
    /** How many requests an instance serves at the same time; 1 below one vCPU. */
    concurrency: v.optional(whole(1, 1000), 1),
  }),
  v.forward(
    v.check(
      (usage) => isShareable({ vcpu: vcpuOf(usage), concurrency: usage.concurrency }),
      '1 below one vCPU, which is what comes with less than 2,048 MiB',
    ),
    ['concurrency'],
  ),
);

/** A month of instances that are kept. */
const InstancesSchema = fields({
  ...size,
  instances: whole(0, 100_000),
  /** Of each of them: while it waits if it is a minimum instance, its whole life if it is billed for that. */
  seconds: real(0, 2_678_400),
});

type Instances = v.InferOutput<typeof InstancesSchema>;

function vcpuOf(usage: { readonly memoryMiB: number; readonly vcpu?: number | undefined }): number {
  return usage.vcpu ?? googleCloudRunSizeFor(usage.memoryMiB).vcpu;
}

function meterInstances(usage: Instances, cpu: string, memory: string, region: string): Metered[] {
  const seconds = product(quantity(BigInt(usage.instances)), exactly(usage.seconds));
  return [
    {
      quantity: product(exactly(vcpuOf(usage)), seconds),
      price: googleCloudRunSheet.price(region, cpu),
    },
    {
      quantity: product(quantity(BigInt(usage.memoryMiB), 1024n), seconds),
      price: googleCloudRunSheet.price(region, memory),
    },
  ];
}

/** Cloud Functions of the second generation, which are billed as Cloud Run and share its allowances. */
export const googleCloudFunctions2ndGen: BilledService = {
  id: 'google-cloud-functions-2nd-gen',
  sheet: googleCloudRunSheet,
  plans: {
    'request-based': planOf(RequestsSchema, (usage, region) =>
      meterGoogleCloudRun({ ...usage, vcpu: vcpuOf(usage) }, region),
    ),
    'minimum-instances': planOf(InstancesSchema, (usage, region) =>
      meterInstances(usage, 'idle-cpu', 'idle-memory', region),
    ),
    'instance-based': planOf(InstancesSchema, (usage, region) =>
      meterInstances(usage, 'instance-cpu', 'instance-memory', region),
    ),
  },
};
