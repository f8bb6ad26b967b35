import { awsLambdaBilledMs } from '../billing/aws-lambda.ts';
import { azureFunctionsFlexBilledMs } from '../billing/azure-functions-flex.ts';
import { totalOf } from '../billing/bill.ts';
import { googleCloudRunBilledMs } from '../billing/google-cloud-run.ts';
import { toUsd } from '../money/picodollars.ts';
import { InvalidInputError } from '../invalid-input.ts';
import type { ProviderId } from './comparison.ts';
import { parseWorkload } from './parse-workload.ts';
import { awsLambda } from './plans/aws-lambda.ts';
import { azureFunctionsFlex } from './plans/azure-functions-flex.ts';
import { googleCloudRun } from './plans/google-cloud-run.ts';
import type { Workload } from './workload.ts';

/** One invocation that took place. */
export interface InvocationUsage {
  readonly provider: ProviderId;
  readonly memoryMiB: number;
  readonly durationMs: number;
  /** `x86_64` unless told otherwise; matters on AWS alone. */
  readonly architecture?: Workload['architecture'];
  /** The base region of the provider unless told otherwise. */
  readonly region?: string;
}

/** What one invocation is billed. */
export interface InvocationCost {
  readonly billedDurationMs: number;
  readonly costUsd: string;
}

const byProvider = {
  aws: { plan: awsLambda, billedMs: awsLambdaBilledMs },
  google: { plan: googleCloudRun, billedMs: googleCloudRunBilledMs },
  azure: { plan: azureFunctionsFlex, billedMs: azureFunctionsFlexBilledMs },
};

/**
 * The list price of one invocation that shares its instance with no other, without free allowances: on
 * Lambda on demand, Cloud Run functions request-based, Azure Functions Flex Consumption on demand.
 * Throws `InvalidInputError` where a workload would be refused, or has more memory than the plan.
 */
export function invocationCost(usage: InvocationUsage): InvocationCost {
  const { provider, memoryMiB, durationMs, architecture, region } = usage;
  const workload = parseWorkload({
    requestsPerMonth: 1,
    // A clock may see no time pass; every provider bills its least then.
    durationMs: durationMs === 0 ? 1 : durationMs,
    memoryMiB,
    architecture,
    region: { [provider]: region },
  });
  const { plan, billedMs } = byProvider[provider];
  if (memoryMiB > plan.maxMemoryMiB) {
    const problem = `is ${memoryMiB}, but must be at most ${plan.maxMemoryMiB}`;
    throw new InvalidInputError([{ path: 'memoryMiB', value: memoryMiB, problem }]);
  }
  const { metered } = plan.use(workload);
  return {
    billedDurationMs: billedMs(workload.durationMs),
    costUsd: toUsd(totalOf(metered, { count: 1n, freeTier: false })),
  };
}
