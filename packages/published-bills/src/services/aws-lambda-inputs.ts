import { amount, count, fields, oneOf, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTierSchema } from './aws-lambda-free-tier.ts';

const run = { requests: v.optional(count()), duration_ms: v.optional(amount()) };

const streamed = 'an array of objects with requests and one of kb, mb';

const fieldsOfLambda = fields({
  region: v.optional(v.string('the name of a region'), 'us-east-1'),
  arch: v.optional(oneOf(['x86_64', 'arm64']), 'x86_64'),
  memory_mb: v.optional(amount()),
  ephemeral_mb: v.optional(amount(), 512),
  /** All of them, where some are provisioned. */
  ...run,
  invocations_per_day: v.optional(amount()),
  days: v.optional(amount()),
  executions: v.optional(count()),
  invocations_per_execution: v.optional(amount(), 1),
  duration_ms_per_execution: v.optional(amount()),
  on_demand: v.optional(fields(run)),
  provisioned: v.optional(fields({ concurrency: count(), hours: amount(), ...run })),
  snapstart: v.optional(
    fields({
      active_days: amount(),
      restore_fraction: v.optional(real(0, 1), 0),
      versions: v.optional(count(), 1),
    }),
  ),
  stream: v.optional(
    v.array(
      v.pipe(
        fields({ requests: count(), kb: v.optional(amount()), mb: v.optional(amount()) }),
        v.check(({ kb, mb }) => (kb === undefined) !== (mb === undefined), 'with one of kb, mb'),
      ),
      streamed,
    ),
    [],
  ),
  stream_free_mb_per_request: v.optional(amount(), 6),
  /** The memory, where it is not said in MB; else what is streamed beyond what each request has free. */
  gb: v.optional(amount()),
  epu: v.optional(oneOf(['kafka', 'sqs'])),
  epu_hours: v.optional(amount()),
  operations: v.optional(count(), 0),
  gb_written: v.optional(amount(), 0),
  gb_month_stored: v.optional(amount(), 0),
  tenant_environments: v.optional(count()),
  price_gb_s: v.optional(amount()),
  free_tier: freeTierSchema,
});

/** What a bill of Lambda says of the use. */
export type LambdaInputs = v.InferOutput<typeof fieldsOfLambda>;

/** The inputs of a bill of Lambda; what makes no sense together is refused by the name of a field. */
export const lambdaInputs = v.pipe(
  fieldsOfLambda,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const input = dataset.value;
    for (const { key, right, isRight } of rules) {
      if (isRight(input)) continue;
      const value = input[key];
      addIssue({ message: right, path: [{ type: 'object', origin: 'value', input, key, value }] });
    }
  }),
);

/** Requests at one price, and how long each takes on average. */
export interface Runs {
  readonly requests: number;
  readonly durationMs: number;
}

/** What ran on demand and what ran under provisioned concurrency; `null` where a bill tells of none. */
export function runsOf(given: LambdaInputs): { onDemand: Runs | null; provisioned: Runs | null } {
  const { on_demand, provisioned } = given;
  const all = allRequests(given);
  const ready =
    provisioned && (provisioned.requests ?? Math.max(0, (all ?? 0) - (on_demand?.requests ?? 0)));
  const requests = on_demand?.requests ?? (all === undefined ? undefined : all - (ready ?? 0));
  return {
    provisioned: ready === undefined ? null : timed(ready, provisioned?.duration_ms, given),
    onDemand: !requests ? null : timed(requests, on_demand?.duration_ms, given),
  };
}

/** The memory in MB; `undefined` where the bill tells of none. */
export function memoryOf(given: LambdaInputs): number | undefined {
  const { memory_mb, gb } = given;
  return gb !== undefined && isGbMemory(given) ? gb * 1024 : memory_mb;
}

/** Whether `gb` is the memory: the bill depends on it and says it nowhere else. */
export function isGbMemory(given: LambdaInputs): boolean {
  return given.memory_mb === undefined && dependsOnMemory(given);
}

function dependsOnMemory(given: LambdaInputs): boolean {
  const { onDemand, provisioned } = runsOf(given);
  const { snapstart, tenant_environments } = given;
  const isRun = onDemand !== null || provisioned !== null;
  return isRun || snapstart !== undefined || tenant_environments !== undefined;
}

/** A product of decimals as it is written, without what a float adds to it. */
export function written(value: number): number {
  return Number(value.toPrecision(15));
}

function timed(requests: number, ownMs: number | undefined, given: LambdaInputs): Runs {
  const { duration_ms, duration_ms_per_execution = 0, invocations_per_execution } = given;
  const durationMs = ownMs ?? duration_ms ?? duration_ms_per_execution / invocations_per_execution;
  return { requests, durationMs };
}

function allRequests(given: LambdaInputs): number | undefined {
  const { requests, invocations_per_day, days = 0, executions, stream } = given;
  if (requests !== undefined) return requests;
  if (invocations_per_day !== undefined) return Math.round(invocations_per_day * days);
  if (executions !== undefined) return Math.round(executions * given.invocations_per_execution);
  if (stream.length === 0 || given.duration_ms === undefined) return undefined;
  return stream.reduce((sum, each) => sum + each.requests, 0);
}

function isSomethingUsed(given: LambdaInputs): boolean {
  const { operations, gb_written, gb_month_stored, stream } = given;
  const { on_demand, provisioned, snapstart, gb, epu_hours, tenant_environments } = given;
  const stated = [allRequests(given), on_demand, provisioned, snapstart];
  return (
    operations + gb_written + gb_month_stored + stream.length > 0 ||
    [...stated, gb, epu_hours, tenant_environments].some((each) => each !== undefined)
  );
}

interface Rule {
  readonly key: keyof LambdaInputs;
  readonly right: string;
  readonly isRight: (given: LambdaInputs) => boolean;
}

const rules: readonly Rule[] = [
  {
    key: 'requests',
    right: 'given, or something else that is billed',
    isRight: isSomethingUsed,
  },
  {
    key: 'requests',
    right: 'left out where invocations_per_day or executions say how many there are',
    isRight: ({ requests, invocations_per_day, executions }) =>
      requests === undefined || (invocations_per_day === undefined && executions === undefined),
  },
  {
    key: 'invocations_per_day',
    right: 'left out where executions say how many there are',
    isRight: ({ invocations_per_day, executions }) =>
      invocations_per_day === undefined || executions === undefined,
  },
  {
    key: 'requests',
    right: 'the sum of on_demand.requests and provisioned.requests',
    isRight(given) {
      const all = allRequests(given);
      const { on_demand, provisioned } = given;
      if (all === undefined) return true;
      const parts = (on_demand?.requests ?? 0) + (provisioned?.requests ?? 0);
      const isAllTold = on_demand?.requests !== undefined && provisioned?.requests !== undefined;
      const isOneTold = on_demand?.requests !== undefined && provisioned === undefined;
      return isAllTold || isOneTold ? parts === all : parts <= all;
    },
  },
  {
    key: 'days',
    right: 'given beside invocations_per_day',
    isRight: ({ invocations_per_day, days }) =>
      invocations_per_day === undefined || days !== undefined,
  },
  {
    key: 'executions',
    right: 'given beside duration_ms_per_execution',
    isRight: ({ executions, duration_ms_per_execution }) =>
      executions !== undefined || duration_ms_per_execution === undefined,
  },
  {
    key: 'duration_ms',
    right: 'left out where duration_ms_per_execution is given',
    isRight: ({ duration_ms, duration_ms_per_execution }) =>
      duration_ms === undefined || duration_ms_per_execution === undefined,
  },
  {
    key: 'duration_ms',
    right: 'above 0, as the requests are billed for it',
    isRight(given) {
      const { onDemand, provisioned } = runsOf(given);
      return [onDemand, provisioned].every(
        (each) => each === null || each.requests === 0 || each.durationMs > 0,
      );
    },
  },
  {
    key: 'memory_mb',
    right: 'given, as the bill depends on it',
    isRight: (given) => memoryOf(given) !== undefined || !dependsOnMemory(given),
  },
  {
    key: 'epu',
    right: 'given beside epu_hours',
    isRight: ({ epu, epu_hours }) => epu !== undefined || epu_hours === undefined,
  },
  {
    key: 'epu_hours',
    right: 'given beside epu',
    isRight: ({ epu, epu_hours }) => epu === undefined || epu_hours !== undefined,
  },
];
