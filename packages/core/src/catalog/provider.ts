import * as v from 'valibot';
import { LimitsSchema } from './limits.ts';
import { providerIds } from './provider-ids.ts';
import { RuntimeSchema } from './runtime.ts';
import { SourceSchema } from './source.ts';
import { type DeepReadonly, TextSchema } from './text.ts';

const name = v.pipe(v.string(), v.nonEmpty());
const sources = v.pipe(v.array(SourceSchema), v.minLength(1));

/** One limit of a plan, as a person reads it. */
export const PlanLimitSchema = v.strictObject({
  id: name,
  name: TextSchema,
  value: TextSchema,
  source: SourceSchema,
});

/** A way in which a provider sells functions. */
export const PlanSchema = v.strictObject({
  id: name,
  name,
  legacy: v.pipe(v.boolean(), v.description('Kept for those who have it.')),
  limits: v.array(PlanLimitSchema),
});

/** One of the three clouds and its functions product. */
export const ProviderSchema = v.strictObject({
  id: v.picklist(providerIds),
  name,
  product: name,
  formerNames: v.array(name),
  productUrl: v.pipe(v.string(), v.regex(/^https:\/\/\S+$/)),
  languages: v.array(name),
  lessonSays: v.pipe(TextSchema, v.description('What the lesson says of it, in our words.')),
  today: v.pipe(TextSchema, v.description('What holds on the day of the sources.')),
  plans: v.array(PlanSchema),
  runtimes: v.array(RuntimeSchema),
  limits: LimitsSchema,
  sources,
});

/** One of the three clouds and its functions product. */
export type Provider = DeepReadonly<v.InferOutput<typeof ProviderSchema>>;

/** A way in which a provider sells functions. */
export type PricingPlan = Provider['plans'][number];

/** One limit of a plan, as a person reads it. */
export type PlanLimit = PricingPlan['limits'][number];
