import { textWith } from '../catalog/bilingual.ts';
import { configure, type Configuration } from '../catalog/configuration.ts';
import { deployedPlan, functionLimits, type FunctionPlanId } from '../catalog/function-limits.ts';
import { planStatus } from '../catalog/plan-status.ts';
import type { Text } from '../catalog/text.ts';
import type { PriceLists, RegionPrices } from '../pricing/price-lists.ts';
import type { Candidate, Unavailable } from './candidate.ts';
import { requestsDriver } from './drivers.ts';
import { egressPerRequest, egressPrices, gatewayPerRequest } from './extras.ts';
import { orNoPrice } from './no-price.ts';
import { httpNotes } from './plans/notes.ts';
import type { PlanUse, PricingPlan } from './plans/plan.ts';
import { plans } from './plans/plans.ts';
import type { Workload } from './workload.ts';

/** Every plan in the configuration that it serves the workload in, or the reason why it cannot. */
export function planCandidates(
  workload: Workload,
  lists: PriceLists,
): readonly (Candidate | Unavailable)[] {
  return plans.map((plan) =>
    planCandidate(plan, workload, lists.in(workload.region[plan.provider])),
  );
}

function planCandidate(
  plan: PricingPlan,
  workload: Workload,
  prices: RegionPrices,
): Candidate | Unavailable {
  const { id, provider, service } = plan;
  const configuration = configure(id, {
    memoryMiB: workload.memoryMiB,
    vcpu: workload.vcpu,
    concurrency: workload.concurrencyPerInstance,
    architecture: workload.architecture,
  });
  if ('reason' in configuration) return { id, provider, reason: configuration.reason };
  const reason = beyondLimits(plan, workload);
  if (reason !== null) return { id, provider, reason };
  const used = orNoPrice(provider, prices.region, () =>
    plan.use({ workload, configuration }, prices),
  );
  if ('reason' in used) return { id, provider, reason: used.reason };
  const tooMany = tooManyInstances(plan, workload, used);
  if (tooMany !== null) return { id, provider, reason: tooMany };

  const extras = [
    egressPerRequest(workload, prices, plan.egressPrice ?? egressPrices[provider]),
    gatewayPerRequest(provider, workload, prices),
  ];
  const missing = extras.flatMap((each) => each.missing);
  const perRequest = extras.flatMap(({ metered }) => metered);
  return {
    id,
    provider,
    service,
    configuration: withoutNotes(configuration),
    cost: {
      charges: [...used.charges, { metered: perRequest, driver: requestsDriver }],
      freeTier: workload.freeTier,
    },
    instances: used.instances ?? null,
    isDeployTarget: deployedPlan[provider] === id,
    legacy: legacyOf(id),
    commitment: null,
    isComplete: missing.length === 0,
    notes: [
      ...configuration.notes,
      ...(used.notes ?? []),
      ...httpNotes(workload, plan),
      ...missing,
    ],
  };
}

function legacyOf(id: FunctionPlanId): Candidate['legacy'] {
  const status = planStatus(id);
  return status.isLegacy ? { endsOn: status.endsOn, reason: status.reason } : null;
}

function withoutNotes({ memoryMiB, vcpu, architecture, concurrency }: Configuration) {
  return { memoryMiB, vcpu, architecture, concurrency };
}

/** Why a plan cannot serve the requests of a workload with the instances that an app may have; `null` where it can. */
function tooManyInstances({ id }: PricingPlan, workload: Workload, used: PlanUse): Text | null {
  const { instances: most } = functionLimits(id);
  const count = used.instances?.count.approximate(workload.requestsPerMonth) ?? 0;
  if (most === null || count <= most) return null;
  return textWith(
    'Cần {0} instance; một function app có nhiều nhất {1}',
    '{0} instances are needed; a function app has at most {1}',
    count,
    most,
  );
}

/** Why a plan cannot serve a workload for the time or the response that it takes; `null` where it can. */
function beyondLimits({ id }: PricingPlan, { durationMs, responseKiB }: Workload): Text | null {
  const { timeoutMs, responseBytes } = functionLimits(id);
  if (timeoutMs !== null && durationMs > timeoutMs) {
    return textWith(
      'Mỗi yêu cầu mất {0} ms; hàm bị dừng sau {1} ms',
      'A request takes {0} ms; a function is stopped after {1} ms',
      durationMs,
      timeoutMs,
    );
  }
  if (responseBytes !== null && responseKiB * 1024 > responseBytes) {
    return textWith(
      'Phản hồi có {0} KiB; phản hồi không streaming có nhiều nhất {1} KiB',
      'A response has {0} KiB; one that is not streamed has at most {1} KiB',
      responseKiB,
      Math.floor(responseBytes / 1024),
    );
  }
  return null;
}
