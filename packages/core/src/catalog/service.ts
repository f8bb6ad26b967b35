import * as v from 'valibot';
import { SourceSchema } from './source.ts';
import { type DeepReadonly, TextSchema } from './text.ts';

const name = v.pipe(v.string(), v.nonEmpty());

/** A serverless service of AWS that the lesson names, and what stands in its place elsewhere. */
export const ServiceSchema = v.strictObject({
  id: name,
  lessonName: v.pipe(name, v.description('As the lesson writes it.')),
  aws: v.pipe(name, v.description('As AWS calls it today.')),
  google: v.array(name),
  azure: v.array(name),
  oneLine: TextSchema,
  billedBy: v.pipe(TextSchema, v.description('What AWS counts.')),
  equivalents: v.pipe(
    v.nullable(TextSchema),
    v.description('How they differ, where that matters.'),
  ),
  today: v.pipe(v.nullable(TextSchema), v.description('What has changed since the lesson.')),
  sources: v.pipe(v.array(SourceSchema), v.minLength(1)),
});

/** A serverless service of AWS that the lesson names, and what stands in its place elsewhere. */
export type Service = DeepReadonly<v.InferOutput<typeof ServiceSchema>>;
