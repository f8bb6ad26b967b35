import { awsLambdaBilledMs } from '../billing/aws-lambda.ts';
import { azureFunctionsFlexBilledMs } from '../billing/azure-functions-flex.ts';
import { googleCloudRunBilledMs } from '../billing/google-cloud-run.ts';
import { deployedPlan, functionLimits } from '../catalog/function-limits.ts';
import type { ProviderId } from '../catalog/provider-ids.ts';
import { InvalidInputError } from '../invalid-input.ts';
import { toUsd } from '../money/picodollars.ts';
import type { PriceLists } from '../pricing/price-lists.ts';
import { isAvailable } from './candidate.ts';
import { totalAt } from './cost.ts';
import { planCandidates } from './plan-candidates.ts';
import { parseWorkload, type Workload } from './workload.ts';

/** One invocation that took place. */
export interface InvocationUsage {
  readonly provider: ProviderId;
  readonly memoryMiB: number;
  readonly durationMs: number;
  /** `x86_64` where it is absent; matters on AWS alone. */
  readonly architecture?: Workload['architecture'];
  /** The provider's default region where it is absent. */
  readonly region?: string;
}

/** What one invocation is billed. */
export interface InvocationCost {
  readonly billedDurationMs: number;
  readonly costUsd: string;
}

const billedMs = {
  aws: awsLambdaBilledMs,
  google: googleCloudRunBilledMs,
  azure: azureFunctionsFlexBilledMs,
};

/**
 * List price of one invocation that shares its instance with no other, without free tier: on Lambda on demand, Cloud Run
 * functions request-based, Azure Functions Flex Consumption on demand. Throws `InvalidInputError` where a workload would
 * be refused, or has more memory than the plan.
 */
export function invocationCost(usage: InvocationUsage, prices: PriceLists): InvocationCost {
  const { provider, memoryMiB, durationMs, architecture, region } = usage;
  const input = {
    requestsPerMonth: 1,
    // A clock may see no time pass; every provider bills its minimum then.
    durationMs: durationMs === 0 ? 1 : durationMs,
    memoryMiB,
    architecture,
    region: { [provider]: region },
    freeTier: false,
  };
  const workload = parseWorkload(input, prices);
  const plan = deployedPlan[provider];
  const { max } = functionLimits(plan).memoryMiB;
  if (memoryMiB > max) {
    const problem = `is ${memoryMiB}, but must be at most ${max}`;
    throw new InvalidInputError([{ path: 'memoryMiB', value: memoryMiB, problem }]);
  }
  const candidate = planCandidates(workload, prices)
    .filter(isAvailable)
    .find(({ id }) => id === plan);
  if (candidate === undefined)
    throw new Error(`${plan} has no price in ${workload.region[provider]}`);
  return {
    billedDurationMs: billedMs[provider](workload.durationMs),
    costUsd: toUsd(totalAt(candidate.cost, 1)),
  };
}
