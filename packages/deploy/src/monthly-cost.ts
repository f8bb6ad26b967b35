import { compare, InvalidInputError, type Comparison, type Workload } from '@tricloud/core';
import type { Target } from './target.ts';

/** What a month of a workload costs on what is deployed, or why that is not known. */
export type MonthlyCost =
  | { readonly isKnown: true; readonly offer: Comparison['plans'][number] }
  | { readonly isKnown: false; readonly why: string };

const planOf = {
  aws: 'aws-lambda',
  google: 'google-cloud-run',
  azure: 'azure-functions-flex',
} as const;

/**
 * A month of the workload at the region, memory and concurrency that are deployed, what is sent included, and on AWS
 * the HTTP API that stands before the function.
 *
 * @param asOf the day for which the bill is made, ISO 8601.
 */
export function monthlyCost(workload: Workload, target: Target, asOf: string): MonthlyCost {
  const { cloud, region, memoryMiB, concurrency } = target;
  const deployed: Workload = {
    ...workload,
    memoryMiB,
    region: { ...workload.region, [cloud]: region },
    concurrencyPerInstance: Math.min(workload.concurrencyPerInstance, concurrency),
    architecture: cloud === 'aws' ? 'arm64' : 'x86_64',
    egress: true,
    frontDoor: cloud === 'aws',
  };
  const id = planOf[cloud];
  const { plans, unavailable } = compared(deployed, asOf);
  const offer = plans.find((plan) => plan.id === id);
  if (offer !== undefined) return { isKnown: true, offer };
  const why = unavailable.find((plan) => plan.id === id)?.why ?? 'no price is known';
  return { isKnown: false, why };
}

/** A region without prices is no error here: it can be deployed to all the same. */
function compared(
  workload: Workload,
  asOf: string,
): Pick<Comparison, 'plans'> & { unavailable: readonly { id: string; why: string }[] } {
  try {
    return compare(workload, { asOf });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const unavailable = Object.values(planOf).map((id) => ({ id, why: error.message }));
    return { plans: [], unavailable };
  }
}
