import { amount, count, fields, oneOf, whole } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { googleFree, isOfTier, regionOf } from '../google-tiers.ts';
import { mappingOf, type Item } from '../restated.ts';

const service = 'google-cloud-run';

const cpu = ['cpu', 'instance-cpu', 'idle-cpu'];
const memory = ['memory', 'instance-memory', 'idle-memory'];
const free = freeTier({
  requests: ['requests'],
  vcpu_s: cpu,
  vcpu_seconds: cpu,
  gib_s: memory,
  gib_seconds: memory,
});

const inputs = fields({
  region: v.optional(v.string('the name of a region')),
  tier: v.optional(oneOf([1, 2])),
  billing: v.optional(oneOf(['request', 'instance']), 'request'),
  requests: v.optional(count(), 0),
  duration_ms: v.optional(amount()),
  memory_mib: v.optional(amount()),
  vcpu: v.optional(amount()),
  concurrency: v.optional(whole(1, 1000), 1),
  vcpu_seconds: v.optional(amount()),
  gib_seconds: v.optional(amount()),
  min_instances: v.optional(whole(0, 100_000)),
  hours: v.optional(amount()),
  free_tier: free.schema,
});

type Inputs = v.InferOutput<typeof inputs>;

const hasInstances = ({ billing, min_instances, hours }: Inputs) =>
  (min_instances ?? 0) > 0 || (billing === 'instance' && hours !== undefined);
const hasSize = (given: Inputs) => given.duration_ms !== undefined || hasInstances(given);
const isTimed = ({ duration_ms, vcpu_seconds, gib_seconds }: Inputs) =>
  duration_ms === undefined || (vcpu_seconds === undefined && gib_seconds === undefined);

const isServing = ({ duration_ms, vcpu_seconds, gib_seconds }: Inputs) =>
  (duration_ms ?? vcpu_seconds ?? gib_seconds) !== undefined;

const needed = 'there where there are a duration, hours or minimum instances';
const asTotals = 'left out where duration_ms says how long the requests take';

/** Bills of Cloud Run, of requests alike or of totals, with or without minimum instances that wait. */
export const googleCloudRun = mappingOf(
  v.pipe(
    inputs,
    v.forward(
      v.check((given) => isOfTier(service, given), 'the tier of the region'),
      ['tier'],
    ),
    v.forward(
      v.check((given) => !hasSize(given) || (given.memory_mib ?? 0) > 0, needed),
      ['memory_mib'],
    ),
    v.forward(
      v.check((given) => !hasSize(given) || (given.vcpu ?? 1) > 0, needed),
      ['vcpu'],
    ),
    v.forward(
      v.check((given) => isTimed(given) || given.vcpu_seconds === undefined, asTotals),
      ['vcpu_seconds'],
    ),
    v.forward(
      v.check((given) => isTimed(given) || given.gib_seconds === undefined, asTotals),
      ['gib_seconds'],
    ),
    v.forward(
      v.check(
        (given) => given.hours === undefined || hasInstances(given) || given.min_instances === 0,
        'left out where there are no minimum instances and requests are billed',
      ),
      ['hours'],
    ),
  ),
  (given) => {
    const region = regionOf(given);
    const isInstance = given.billing === 'instance';
    const freeCpu = isInstance ? 240_000 : 180_000;
    const freeMemory = isInstance ? 450_000 : 360_000;
    return {
      items: itemsOf(given).map((item) => ({ service, region, ...item })),
      free: googleFree({ ...given, min_instances: 0 }, free, {
        ...(isInstance ? {} : { requests: 2_000_000 }),
        vcpu_s: freeCpu,
        vcpu_seconds: freeCpu,
        gib_s: freeMemory,
        gib_seconds: freeMemory,
      }),
      lines: {
        requests: ['requests'],
        cpu: isServing(given) ? ['cpu', 'instance-cpu'] : cpu,
        memory: isServing(given) ? ['memory', 'instance-memory'] : memory,
        idle_cpu: ['idle-cpu'],
        idle_memory: ['idle-memory'],
        idle: ['idle-cpu', 'idle-memory'],
        compute: [...cpu, ...memory],
      },
      quantities: { vcpu_seconds: cpu, gib_seconds: memory },
    };
  },
);

function itemsOf(given: Inputs): Pick<Item, 'plan' | 'usage'>[] {
  const { requests, duration_ms, memory_mib = 0, vcpu = 1, concurrency } = given;
  const { vcpu_seconds = 0, gib_seconds = 0, hours = 730 } = given;
  const instances = hasInstances(given) ? (given.min_instances ?? 1) : 0;
  const kept = instances * hours * 3600;
  const keptTotals = { vcpuSeconds: kept * vcpu, gibSeconds: (kept * memory_mib) / 1024 };
  if (given.billing === 'instance') {
    // Of instances whose hours are not told it is known only how long they serve.
    const served =
      hasInstances(given) || duration_ms === undefined
        ? 0
        : (requests * duration_ms) / 1000 / concurrency;
    return [
      {
        plan: 'instance-based',
        usage: {
          vcpuSeconds: vcpu_seconds + keptTotals.vcpuSeconds + served * vcpu,
          gibSeconds: gib_seconds + keptTotals.gibSeconds + (served * memory_mib) / 1024,
        },
      },
    ];
  }
  const active =
    duration_ms === undefined
      ? {
          plan: 'request-based-totals',
          usage: { requests, vcpuSeconds: vcpu_seconds, gibSeconds: gib_seconds },
        }
      : { usage: { requests, durationMs: duration_ms, memoryMiB: memory_mib, vcpu, concurrency } };
  return instances > 0 ? [active, { plan: 'idle-minimum-instances', usage: keptTotals }] : [active];
}
