import { above, amount, count, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

const freeTier = fields(
  { requests: v.optional(amount(), 0), gb_s: v.optional(amount(), 0) },
  'null or an object',
);

/** Seconds of 128 MB, the unit of the page, in a GB-second. */
const unitsPerGbSecond = 8;

/** Bills of Lambda@Edge. */
export const awsLambdaEdge = mappingOf(
  fields({
    requests: count(),
    duration_ms: above(0, 900_000),
    memory_mb: v.optional(amount(), 128),
    free_tier: v.optional(v.nullable(freeTier)),
  }),
  ({ requests, duration_ms, memory_mb, free_tier }) => ({
    items: [
      {
        service: 'aws-lambda-edge',
        region: 'us-east-1',
        usage: { requests, durationMs: duration_ms, memoryMiB: memory_mb },
      },
    ],
    free: [
      { prices: ['requests'], quantity: free_tier?.requests ?? 0 },
      { prices: ['compute'], quantity: (free_tier?.gb_s ?? 0) * unitsPerGbSecond },
    ],
    lines: { requests: ['requests'], compute: ['compute'], duration: ['compute'] },
  }),
);
