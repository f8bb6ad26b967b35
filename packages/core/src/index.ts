export {
  type AskedConfiguration,
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
  type Plan,
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
export { type Service, ServiceSchema } from './catalog/service.ts';
export { services } from './catalog/services.ts';
export { meterName, unitName } from './catalog/meter-names.ts';
export { type Source, SourceSchema } from './catalog/source.ts';
export { type Lang, LangSchema, type Text, TextSchema } from './catalog/text.ts';
export { lesson, lessonIn } from './lesson/lesson.ts';
export { lessonMarkdown } from './lesson/markdown.ts';
export { type Lesson, LessonSchema, type LocalLesson, LocalLessonSchema } from './lesson/schema.ts';
export {
  type Bill,
  type BillDocument,
  BillDocumentSchema,
  BillSchema,
  type DocumentLine,
  DocumentLineSchema,
  type Line,
  LineSchema,
} from './billing/bill-schema.ts';
export { billUsage, type BillUsageOptions } from './billing/bill-usage.ts';
export { parseUsage, type Usage, type UsageItem } from './billing/parse-usage.ts';
export { type BilledPlan, type BilledService, listOf } from './billing/service.ts';
export { billedServices } from './billing/services.generated.ts';
export { usageDocumentSchema, usageItemSchemas } from './billing/usage-schema.ts';
export { compare, type CompareOptions } from './compare/compare.ts';
export {
  type Comparison,
  ComparisonSchema,
  type Estimate,
  EstimateSchema,
} from './compare/comparison.ts';
export { costCurves, type CostCurveOf, type CostCurvesOptions } from './compare/cost-curves.ts';
export {
  invocationCost,
  type InvocationCost,
  type InvocationUsage,
} from './compare/invocation-cost.ts';
export { type Sensitivity, sensitivityOf } from './compare/sensitivity.ts';

export { mostRequests, parseWorkload, type Workload, WorkloadSchema } from './compare/workload.ts';
export { type Fault, InvalidInputError } from './invalid-input.ts';
export type { OwnPrice, OwnPrices } from './pricing/own-prices.ts';
export type { PriceLists, RegionPrices } from './pricing/price-lists.ts';
