export * from './catalog.ts';
export { type Service, ServiceSchema } from './catalog/service.ts';
export { services } from './catalog/services.ts';
export { meterName, unitName } from './catalog/meter-names.ts';
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
export type { OwnPrice, OwnPrices } from './pricing/own-price.ts';
export type { PriceLists, RegionPrices } from './pricing/price-lists.ts';
