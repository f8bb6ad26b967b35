import { mappingOf, type Item } from '../restated.ts';
import { freeOf } from './aws-lambda-free-tier.ts';
import {
  isGbMemory,
  lambdaInputs,
  memoryOf,
  runsOf,
  written,
  type LambdaInputs,
  type Runs,
} from './aws-lambda-inputs.ts';

const onDemandCompute = ['compute-x86_64', 'compute-arm64'];
const pcCompute = ['pc-compute-x86_64', 'pc-compute-arm64'];
const compute = [...onDemandCompute, ...pcCompute];
const provisioned = ['provisioned-concurrency-x86_64', 'provisioned-concurrency-arm64'];
const pollers = ['kafka-pollers', 'sqs-pollers'];

/** Bills of Lambda. */
export const awsLambda = mappingOf(lambdaInputs, (given) => ({
  items: orNothing([...functionItems(given), ...otherItems(given)]).map((item) => ({
    service: 'aws-lambda',
    region: given.region,
    ...item,
  })),
  free: freeOf(given.free_tier),
  prices: { 'compute-x86_64': given.price_gb_s, 'compute-arm64': given.price_gb_s },
  lines: {
    requests: ['requests', 'pc-requests'],
    compute,
    duration: compute,
    on_demand_compute: onDemandCompute,
    on_demand_requests: ['requests'],
    pc_compute: pcCompute,
    provisioned_compute: pcCompute,
    pc_requests: ['pc-requests'],
    provisioned_concurrency: provisioned,
    ephemeral_storage: ['ephemeral-storage'],
    ephemeral: ['ephemeral-storage'],
    snapstart: ['snapstart-cache', 'snapstart-restore'],
    snapstart_cache: ['snapstart-cache'],
    snapstart_restore: ['snapstart-restore'],
    cache: ['snapstart-cache'],
    restore: ['snapstart-restore'],
    stream: ['streamed'],
    streaming: ['streamed'],
    streamed: ['streamed'],
    bytes_streamed: ['streamed'],
    data_streamed: ['streamed'],
    response_stream: ['streamed'],
    response_streaming: ['streamed'],
    epu: pollers,
    operations: ['durable-operations'],
    data_written: ['durable-written'],
    data_retained: ['durable-retained'],
    tenant_isolation: ['tenant-isolation'],
  },
  tiersOf: 'compute',
  quantities: { gb_s: compute, gb_seconds: compute },
}));

type Part = Pick<Item, 'plan' | 'usage'>;

/** A usage document has an item, even where a bill is of nothing. */
function orNothing(items: readonly Part[]): readonly Part[] {
  return items.length > 0 ? items : [{ usage: { requests: 0, durationMs: 1, memoryMiB: 128 } }];
}

/** What ran. */
function functionItems(given: LambdaInputs): Part[] {
  const { onDemand, provisioned: ready } = runsOf(given);
  const usage = {
    architecture: given.arch,
    memoryMiB: memoryOf(given),
    ephemeralStorageMiB: given.ephemeral_mb,
  };
  const items = alike(onDemand, given).map((each): Part => ({ usage: { ...usage, ...each } }));
  if (given.provisioned === undefined || ready === null) return items;
  const { concurrency, hours } = given.provisioned;
  const [first = { requests: 0, durationMs: 1 }, ...rest] = alike(ready, given);
  const plan = 'provisioned-concurrency';
  return [
    { plan, usage: { ...usage, concurrency, hours, ...first } },
    ...rest.map((each) => ({ plan, usage: { ...usage, concurrency: 0, hours: 0, ...each } })),
    ...items,
  ];
}

/**
 * Requests of one duration each. Where the time of a durable execution does not part into whole milliseconds,
 * some of its invocations take one more than the others, so that the sum is as stated.
 */
function alike(runs: Runs | null, { duration_ms_per_execution }: LambdaInputs): Runs[] {
  if (runs === null || runs.requests === 0) return [];
  const { requests, durationMs } = runs;
  const least = Math.floor(durationMs);
  if (duration_ms_per_execution === undefined || least === durationMs) return [runs];
  const longer = Math.round(durationMs * requests) - least * requests;
  return [
    { requests: requests - longer, durationMs: least },
    { requests: longer, durationMs: least + 1 },
  ];
}

/** What is billed beside what ran. */
function otherItems(given: LambdaInputs): Part[] {
  const { snapstart, stream, gb, epu, epu_hours, tenant_environments } = given;
  const { operations, gb_written, gb_month_stored } = given;
  const memoryMiB = memoryOf(given);
  const items: Part[] = stream.map(({ requests, mb, kb = 0 }) =>
    streamed(requests, (mb ?? kb / 1024) - given.stream_free_mb_per_request),
  );
  if (gb !== undefined && !isGbMemory(given)) {
    items.push(streamed(1, gb * 1024));
  }
  if (snapstart !== undefined) {
    const { versions, active_days, restore_fraction } = snapstart;
    const { onDemand } = runsOf(given);
    const restores = Math.round((onDemand?.requests ?? 0) * restore_fraction);
    const activeHours = written(active_days * 24);
    items.push({ plan: 'snapstart', usage: { memoryMiB, versions, activeHours, restores } });
  }
  if (epu !== undefined) {
    items.push({ plan: 'event-poller-hours', usage: { source: epu, unitHours: epu_hours } });
  }
  if (operations + gb_written + gb_month_stored > 0) {
    const usage = { operations, writtenGb: gb_written, retainedGbMonths: gb_month_stored };
    items.push({ plan: 'durable-functions', usage });
  }
  if (tenant_environments !== undefined) {
    const usage = { environments: tenant_environments, memoryMiB };
    items.push({ plan: 'tenant-isolation', usage });
  }
  return items;
}

/** The list has the first 6 MB of each answer free; what the example has free is taken off before. */
function streamed(responses: number, billedMiB: number): Part {
  const responseMiB = Math.max(0, billedMiB) + 6;
  return { plan: 'response-streaming', usage: { responses, responseMiB } };
}
