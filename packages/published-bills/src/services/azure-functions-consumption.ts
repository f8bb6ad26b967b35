import { above, count, fields, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { mappingOf } from '../restated.ts';

const free = freeTier({ executions: ['executions'], gb_s: ['compute'] });

const inputs = v.pipe(
  fields({
    region: v.optional(v.string('the name of a region'), 'eastus'),
    executions: v.optional(count(), 0),
    duration_ms: v.optional(above(0, 600_000)),
    memory_mb: v.optional(above(0, 1536)),
    mb_ms: v.optional(real(0, 1_000_000_000_000_000)),
    free_tier: free.schema,
  }),
  v.forward(
    v.check(
      ({ duration_ms, memory_mb }) => duration_ms === undefined || memory_mb !== undefined,
      'a number above 0 and up to 1,536 where duration_ms is given',
    ),
    ['memory_mb'],
  ),
  v.forward(
    v.check(
      ({ duration_ms, memory_mb }) => memory_mb === undefined || duration_ms !== undefined,
      'a number above 0 and up to 600,000 where memory_mb is given',
    ),
    ['duration_ms'],
  ),
  v.forward(
    v.check(
      ({ duration_ms, mb_ms }) => mb_ms === undefined || duration_ms === undefined,
      'left out where duration_ms is given',
    ),
    ['mb_ms'],
  ),
);

/** Bills of Azure Functions on the Consumption plan: of executions alike, or of the metric in MB-milliseconds. */
export const azureFunctionsConsumption = mappingOf(
  inputs,
  ({ region, executions, duration_ms, memory_mb, mb_ms = 0, free_tier }) => ({
    items: [
      {
        service: 'azure-functions-consumption',
        region,
        ...(duration_ms === undefined
          ? { plan: 'consumption-metrics', usage: { executions, executionUnitsMbMs: mb_ms } }
          : { usage: { executions, durationMs: duration_ms, memoryMiB: memory_mb } }),
      },
    ],
    free: free.from(free_tier),
    lines: {
      executions: ['executions'],
      requests: ['executions'],
      compute: ['compute'],
      duration: ['compute'],
    },
    quantities: { gb_s: ['compute'], executions: ['executions'] },
  }),
);
