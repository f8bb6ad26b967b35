import { above, amount, count, fields, oneOf } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { mappingOf, type Item } from '../restated.ts';

const free = freeTier({ executions: ['executions'], gb_s: ['compute'] });

const inputs = v.pipe(
  fields({
    region: v.optional(v.string('the name of a region'), 'eastus'),
    executions: v.optional(count(), 0),
    duration_ms: v.optional(above(0, 86_400_000)),
    instance_gb: v.optional(oneOf([0.5, 2, 4]), 2),
    active_instances: v.optional(amount()),
    always_ready_instances: v.optional(amount(), 0),
    hours: v.optional(amount()),
    seconds: v.optional(amount()),
    free_tier: free.schema,
  }),
  v.forward(
    v.check(
      ({ active_instances, hours, seconds }) =>
        active_instances === undefined || hours !== undefined || seconds !== undefined,
      'how long the instances were active; or seconds in its place',
    ),
    ['hours'],
  ),
  v.forward(
    v.check(
      ({ hours, seconds, always_ready_instances }) =>
        hours === undefined || seconds === undefined || always_ready_instances > 0,
      'left out where hours is given and no instance is always ready',
    ),
    ['seconds'],
  ),
  v.forward(
    v.check(
      ({ hours, active_instances, always_ready_instances }) =>
        hours === undefined || active_instances !== undefined || always_ready_instances > 0,
      'left out where there is neither active_instances nor always_ready_instances',
    ),
    ['hours'],
  ),
  v.forward(
    v.check(
      ({ duration_ms, active_instances, seconds, hours, always_ready_instances }) =>
        duration_ms === undefined ||
        (active_instances === undefined &&
          (seconds === undefined || (always_ready_instances > 0 && hours === undefined))),
      'left out where active_instances or seconds say how long instances were active',
    ),
    ['duration_ms'],
  ),
);

type Inputs = v.InferOutput<typeof inputs>;

/**
 * Bills of Azure Functions on Flex Consumption. What is active runs on the instances that are always ready, and on
 * demand beyond them.
 */
export const azureFunctionsFlex = mappingOf(inputs, (given) => ({
  items: (given.always_ready_instances > 0 ? alwaysReady(given) : onDemand(given)).map((item) => ({
    service: 'azure-functions-flex',
    region: given.region,
    ...item,
  })),
  free: free.from(given.free_tier),
  lines: {
    compute: ['compute', 'always-ready-compute'],
    execution: ['compute', 'always-ready-compute'],
    execution_time: ['compute', 'always-ready-compute'],
    on_demand: ['compute'],
    executions: ['executions', 'always-ready-executions'],
    requests: ['executions', 'always-ready-executions'],
    baseline: ['always-ready-baseline'],
    always_ready_baseline: ['always-ready-baseline'],
    always_ready_compute: ['always-ready-compute'],
    always_ready_execution: ['always-ready-compute'],
    always_ready_executions: ['always-ready-executions'],
  },
  quantities: {
    gb_s: ['compute', 'always-ready-compute'],
    executions: ['executions', 'always-ready-executions'],
  },
}));

type Part = Pick<Item, 'plan' | 'usage'>;

function onDemand(given: Inputs): Part[] {
  const { executions, duration_ms, active_instances, hours = 0 } = given;
  const memoryMiB = given.instance_gb * 1024;
  if (duration_ms !== undefined)
    return [{ usage: { executions, durationMs: duration_ms, memoryMiB } }];
  const { seconds = hours * 3600 } = given;
  const activeInstanceSeconds = (active_instances ?? 1) * seconds;
  return [{ plan: 'on-demand-totals', usage: { executions, activeInstanceSeconds, memoryMiB } }];
}

function alwaysReady(given: Inputs): Part[] {
  const {
    always_ready_instances: ready,
    active_instances: active,
    duration_ms,
    executions,
  } = given;
  const memoryMiB = given.instance_gb * 1024;
  const keptSeconds = given.hours === undefined ? given.seconds : given.hours * 3600;
  const readyInstanceSeconds = ready * (keptSeconds ?? aMonth);
  if (duration_ms !== undefined) {
    return [
      { plan: 'always-ready-totals', usage: { readyInstanceSeconds, memoryMiB } },
      { plan: 'always-ready', usage: { executions, durationMs: duration_ms, memoryMiB } },
    ];
  }
  const activeSeconds = given.seconds ?? keptSeconds ?? 0;
  if (active === undefined) {
    // Where both are given, the hours are those kept and the seconds those active.
    const activeInstanceSeconds = given.hours === undefined ? 0 : (given.seconds ?? 0);
    const usage = { readyInstanceSeconds, activeInstanceSeconds, executions, memoryMiB };
    return [{ plan: 'always-ready-totals', usage }];
  }
  const beyond = Math.max(active - ready, 0);
  const onDemandExecutions = beyond === 0 ? 0 : Math.round((executions * beyond) / active);
  return [
    {
      plan: 'always-ready-totals',
      usage: {
        readyInstanceSeconds,
        activeInstanceSeconds: (active - beyond) * activeSeconds,
        executions: executions - onDemandExecutions,
        memoryMiB,
      },
    },
    {
      plan: 'on-demand-totals',
      usage: {
        executions: onDemandExecutions,
        activeInstanceSeconds: beyond * activeSeconds,
        memoryMiB,
      },
    },
  ];
}

/** 730 hours, as Azure reckons a month. */
const aMonth = 2_628_000;
