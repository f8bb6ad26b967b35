import data from './function-limits.json' with { type: 'json' };
import type { ProviderId } from './provider-ids.ts';

/** Limits of an instance of a plan; every limit of a provider's functions is written in the JSON, and nowhere else. */
export interface FunctionLimits {
  /** MiB; `step` is `null` where only the sizes are sold. */
  readonly memoryMiB: { readonly min: number; readonly max: number; readonly step: number | null };
  /** Memory and the vCPUs that come with it, smallest first. */
  readonly sizes: readonly { readonly memoryMiB: number; readonly vcpu: number }[];
  /**
   * Memory that goes with a number of vCPUs from `vcpu` on, where the two are chosen apart.
   * https://docs.cloud.google.com/run/docs/configuring/services/cpu, read 2026-11-30
   */
  readonly pairs: readonly {
    readonly vcpu: number;
    readonly leastMiB: number;
    readonly mostMiB: number;
  }[];
  /** MiB that come with a vCPU, where vCPUs are in proportion to memory. */
  readonly mibPerVcpu: number | null;
  /** Most requests at once in an instance; `null` where host.json decides. */
  readonly concurrency: number | null;
  /** Most instances of a function app; `null` where a quota that can be raised decides. */
  readonly instances: number | null;
  /** Longest time-out; `null` where there is none. */
  readonly timeoutMs: number | null;
  readonly defaultTimeoutMs: number;
  /** Longest wait for an HTTP answer. */
  readonly httpTimeoutMs: number;
  readonly requestBytes: number;
  /** Largest response that is not streamed, on Lambda 100 bytes more than a request; `null` where no limit is known. */
  readonly responseBytes: number | null;
}

type LimitsId = keyof typeof data;

const limits: Readonly<Record<LimitsId, FunctionLimits>> = data;

const limitsIds = {
  'aws-lambda': 'aws-lambda',
  'aws-lambda-provisioned-concurrency': 'aws-lambda',
  'google-cloud-run': 'google-cloud-run',
  'google-cloud-run-instance-based': 'google-cloud-run',
  'google-cloud-functions-1st-gen': 'google-cloud-functions-1st-gen',
  'azure-functions-flex': 'azure-functions-flex',
  'azure-functions-flex-always-ready': 'azure-functions-flex',
  'azure-functions-consumption': 'azure-functions-consumption',
  'azure-functions-premium-EP1': 'azure-functions-premium',
  'azure-functions-premium-EP2': 'azure-functions-premium',
  'azure-functions-premium-EP3': 'azure-functions-premium',
} as const satisfies Record<string, LimitsId>;

/** Plans on which a function is compared. */
export type FunctionPlanId = keyof typeof limitsIds;

/** Every plan on which a function is compared. */
export const functionPlanIds: readonly FunctionPlanId[] = idsOf(limitsIds);

/** Plan that `tricloud deploy` creates on each cloud. */
export const deployedPlan = {
  aws: 'aws-lambda',
  google: 'google-cloud-run',
  azure: 'azure-functions-flex',
} as const satisfies Record<ProviderId, FunctionPlanId>;

/** Function that is compared, run and deployed where nothing else is asked for. */
export const defaultFunctions = {
  // An HTTP API waits for 30 seconds: what runs longer is billed, and its answer is lost.
  aws: { memoryMiB: 256, timeoutSeconds: 29, concurrency: 1, architecture: 'x86_64' },
  google: { memoryMiB: 512, timeoutSeconds: 60, concurrency: 1, architecture: 'x86_64' },
  azure: { memoryMiB: 2048, timeoutSeconds: 230, concurrency: 16, architecture: 'x86_64' },
} as const satisfies Record<ProviderId, object>;

/** Limits of a plan. */
export function functionLimits(plan: FunctionPlanId): FunctionLimits {
  return limits[limitsIds[plan]];
}

function idsOf<T extends object>(record: T): readonly (keyof T)[] {
  return Object.keys(record).filter((id): id is keyof T & string => Object.hasOwn(record, id));
}
