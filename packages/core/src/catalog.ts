// The catalogue for programs that neither bill nor compare: loads no price list.
export {
  type RequestedConfiguration,
  type Configuration,
  configure,
  type NoConfiguration,
} from './catalog/configuration.ts';
export {
  defaultFunctions,
  deployedPlan,
  type FunctionLimits,
  functionLimits,
  type FunctionPlanId,
  functionPlanIds,
} from './catalog/function-limits.ts';
export { type Answer, AnswerSchema, type Limits, LimitsSchema } from './catalog/limits.ts';
export { type LegacyStatus, type PlanStatus, planStatus } from './catalog/plan-status.ts';
export {
  type PricingPlan,
  type PlanLimit,
  PlanLimitSchema,
  PlanSchema,
  type Provider,
  ProviderSchema,
} from './catalog/provider.ts';
export { defaultRegions, type ProviderId, providerIds } from './catalog/provider-ids.ts';
export { limitsOf, providers } from './catalog/providers.ts';
export { isPast } from './catalog/is-past.ts';
export {
  nearestRegions,
  type Place,
  places,
  regionName,
  regionsAt,
  regionSources,
  regionsOf,
} from './catalog/regions.ts';
export { type Runtime, RuntimeSchema } from './catalog/runtime.ts';
export { deployedRuntime } from './catalog/runtimes.ts';
export { type Source, SourceSchema } from './catalog/source.ts';
export { type Lang, LangSchema, type Text, TextSchema } from './catalog/text.ts';
