import { amount, fields, oneOf, whole } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { googleFree, isOfTier, regionOf } from '../google-tiers.ts';
import { mappingOf } from '../restated.ts';

const service = 'google-cloud-functions-2nd-gen';

const free = freeTier({ vcpu_s: ['idle-cpu'], gib_s: ['idle-memory'] });

/** Bills of minimum instances of Cloud Functions of the second generation. */
export const googleCloudFunctions2ndGen = mappingOf(
  v.pipe(
    fields({
      product: v.optional(oneOf(['cloud-functions-2nd-gen'])),
      region: v.optional(v.string('the name of a region')),
      tier: v.optional(oneOf([1, 2])),
      memory_mib: whole(128, 32_768),
      vcpu: v.optional(amount()),
      min_instances: v.optional(whole(0, 100_000), 1),
      /** Thirty days, as Google's own tools reckon. */
      seconds: v.optional(amount(), 2_592_000),
      free_tier: free.schema,
    }),
    v.forward(
      v.check((given) => isOfTier(service, given), 'the tier of the region'),
      ['tier'],
    ),
  ),
  (given) => ({
    items: [
      {
        service,
        region: regionOf(given),
        plan: 'minimum-instances',
        usage: {
          memoryMiB: given.memory_mib,
          ...(given.vcpu === undefined ? {} : { vcpu: given.vcpu }),
          instances: given.min_instances,
          seconds: given.seconds,
        },
      },
    ],
    free: googleFree(given, free, { vcpu_s: 180_000, gib_s: 360_000 }),
    lines: {
      cpu: ['idle-cpu'],
      memory: ['idle-memory'],
      idle_cpu: ['idle-cpu'],
      idle_memory: ['idle-memory'],
    },
  }),
);
