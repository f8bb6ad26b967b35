import aws from './aws.json' with { type: 'json' };
import azure from './azure.json' with { type: 'json' };
import { deployedPlan } from './function-limits.ts';
import google from './google.json' with { type: 'json' };
import { httpLimits, type Limits } from './limits.ts';
import { type PlanData, plansOf } from './plan-limit.ts';
import type { Provider } from './provider.ts';
import { type ProviderId, providerIds } from './provider-ids.ts';
import { runtimesOf } from './runtimes.ts';
import type { Source } from './source.ts';

/** What is written of a provider by hand. */
interface ProviderData extends Omit<Provider, 'id' | 'plans' | 'runtimes' | 'limits'> {
  readonly plans: PlanData;
  /** Where the limits of the plans were read, by the names that they give. */
  readonly planSources: Readonly<Record<string, Source>>;
  /** `defaultMiB` is what the provider gives where no memory is set. */
  readonly limits: Omit<Limits, keyof ReturnType<typeof httpLimits> | 'requestCounts'> & {
    readonly defaultMiB: number;
  };
}

const byId: Readonly<Record<ProviderId, Provider>> = {
  aws: providerOf('aws', aws, 'event'),
  google: providerOf('google', google, 'body'),
  azure: providerOf('azure', azure, 'body'),
};

/** The three clouds and their functions products. */
export const providers: readonly Provider[] = providerIds.map((id) => byId[id]);

/** What a provider holds an HTTP function to, and what it answers when a limit is passed. */
export function limitsOf(provider: ProviderId): Limits {
  return byId[provider].limits;
}

function providerOf(
  id: ProviderId,
  { plans, planSources, limits, sources, ...head }: ProviderData,
  requestCounts: Limits['requestCounts'],
): Provider {
  const { front, defaultMiB, ...answers } = limits;
  const numbers = httpLimits(deployedPlan[id], defaultMiB);
  return {
    id,
    ...head,
    plans: plansOf(plans, planSources),
    runtimes: runtimesOf(id),
    limits: { front, ...numbers, requestCounts, ...answers },
    sources,
  };
}
