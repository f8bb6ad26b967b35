export { type Answer, AnswerSchema, type Limits, LimitsSchema } from './catalog/limits.ts';
export {
  type Plan,
  type PlanLimit,
  PlanLimitSchema,
  PlanSchema,
  type Provider,
  ProviderSchema,
} from './catalog/provider.ts';
export { limitsOf, providers } from './catalog/providers.ts';
export { isPast, type Runtime, RuntimeSchema } from './catalog/runtime.ts';
export { type Service, ServiceSchema } from './catalog/service.ts';
export { services } from './catalog/services.ts';
export { type Source, SourceSchema } from './catalog/source.ts';
export { type Lang, LangSchema, type Text, TextSchema } from './catalog/text.ts';
export { lesson, lessonIn } from './lesson/lesson.ts';
export { lessonMarkdown } from './lesson/markdown.ts';
export { type Lesson, LessonSchema, type LocalLesson, LocalLessonSchema } from './lesson/schema.ts';
