import { amount, count, fields, oneOf, whole } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { googleFree, isOfTier, regionOf } from '../google-tiers.ts';
import { mappingOf, type Item } from '../restated.ts';

const service = 'google-cloud-functions-1st-gen';

const free = freeTier({
  invocations: ['invocations'],
  gb_s: ['memory', 'idle-memory'],
  ghz_s: ['cpu', 'idle-cpu'],
  egress_gb: ['egress'],
});

const ghz = new Map([
  [128, 0.2],
  [256, 0.4],
  [512, 0.8],
  [1024, 1.4],
  [2048, 2.4],
  [4096, 4.8],
  [8192, 4.8],
]);

const inputs = fields({
  product: v.optional(oneOf(['cloud-functions-1st-gen'])),
  region: v.optional(v.string('the name of a region')),
  tier: v.optional(oneOf([1, 2])),
  invocations: v.optional(count(), 0),
  duration_ms: v.optional(amount()),
  memory_mb: v.optional(oneOf([...ghz.keys()])),
  cpu_ghz: v.optional(amount()),
  egress_gb: v.optional(amount(), 0),
  egress_kb_per_invocation: v.optional(amount(), 0),
  min_instances: v.optional(whole(0, 3000), 0),
  seconds: v.optional(amount()),
  free_tier: free.schema,
});

type Inputs = v.InferOutput<typeof inputs>;

const isTimed = ({ invocations, min_instances }: Inputs) => invocations > 0 || min_instances > 0;

/** Bills of Cloud Functions of the first generation: of invocations, of minimum instances that wait, or of both. */
export const googleCloudFunctions1stGen = mappingOf(
  v.pipe(
    inputs,
    v.forward(
      v.check((given) => isOfTier(service, given), 'the tier of the region'),
      ['tier'],
    ),
    v.forward(
      v.check(
        (given) => given.memory_mb !== undefined || !isTimed(given),
        'there where there are invocations or minimum instances',
      ),
      ['memory_mb'],
    ),
    v.forward(
      v.check(
        ({ invocations, duration_ms }) => (duration_ms ?? 0) > 0 || invocations === 0,
        'above 0 where there are invocations',
      ),
      ['duration_ms'],
    ),
    v.forward(
      v.check(
        ({ memory_mb, cpu_ghz }) =>
          cpu_ghz === undefined || memory_mb === undefined || ghz.get(memory_mb) === cpu_ghz,
        'the processor that comes with the memory: 0.2 GHz with 128 MB, 0.4 with 256, 0.8 with 512, 1.4 with 1,024, 2.4 with 2,048, 4.8 with 4,096 and 8,192',
      ),
      ['cpu_ghz'],
    ),
  ),
  (given) => {
    const region = regionOf(given);
    return {
      items: itemsOf(given).map((item) => ({ service, region, ...item })),
      free: googleFree(given, free, {
        invocations: 2_000_000,
        gb_s: 400_000,
        ghz_s: 200_000,
        egress_gb: 5,
      }),
      lines: {
        invocations: ['invocations'],
        requests: ['invocations'],
        cpu: ['cpu', 'idle-cpu'],
        memory: ['memory', 'idle-memory'],
        compute: ['cpu', 'memory'],
        idle_cpu: ['idle-cpu'],
        idle_memory: ['idle-memory'],
        idle: ['idle-cpu', 'idle-memory'],
        egress: ['egress'],
      },
      quantities: { gb_s: ['memory', 'idle-memory'], ghz_s: ['cpu', 'idle-cpu'] },
    };
  },
);

function itemsOf(given: Inputs): Pick<Item, 'plan' | 'usage'>[] {
  const { invocations, min_instances, memory_mb = 128, seconds = month } = given;
  const active = {
    usage: {
      invocations,
      durationMs: given.duration_ms ?? 100,
      memoryMiB: memory_mb,
      responseKiB: given.egress_kb_per_invocation,
      egressGb: given.egress_gb,
    },
  };
  const idle = {
    plan: 'minimum-instances',
    usage: { memoryMiB: memory_mb, instances: min_instances, idleSeconds: seconds },
  };
  return min_instances > 0 ? [active, idle] : [active];
}

/** Thirty days, as Google's own tools reckon. */
const month = 2_592_000;
