import {
  AnswerSchema,
  BillDocumentSchema,
  ComparisonSchema,
  LocalLessonSchema,
  EstimateSchema,
  ProviderSchema,
  RuntimeSchema,
  ServiceSchema,
  SourceSchema,
  TextSchema,
  usageDocumentSchema,
  WorkloadSchema,
  providerIds,
} from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';

type Schema = Parameters<typeof toJsonSchema>[0];

const words = v.pipe(v.string(), v.nonEmpty());

const WhoAmISchema = v.strictObject({
  provider: v.picklist([...providerIds, 'node']),
  region: v.pipe(words, v.description('`local` where there is none.')),
  runtime: v.pipe(words, v.description("The provider's name of it, such as nodejs24.x.")),
  memoryMiB: v.pipe(v.nullable(v.number()), v.description('null: the provider does not say.')),
  invocationId: v.pipe(words, v.description("The provider's own id of this request.")),
  coldStart: v.pipe(
    v.boolean(),
    v.description('Whether this was the first request of its instance.'),
  ),
});

const ProblemSchema = v.pipe(
  v.strictObject({
    type: words,
    title: words,
    status: v.pipe(v.number(), v.integer()),
    detail: v.optional(words),
    faults: v.optional(
      v.pipe(
        v.array(
          v.strictObject({
            path: v.pipe(v.string(), v.description('Such as region.aws; empty for the whole.')),
            value: v.optional(v.unknown()),
            problem: v.pipe(words, v.description('What is wrong, and what would be right.')),
          }),
        ),
        v.minLength(1),
        v.description('Everything that is wrong with the input, at once.'),
      ),
    ),
  }),
  v.description('Why a request was refused (RFC 9457). A 5xx has no detail.'),
);

const IndexSchema = v.strictObject({
  name: words,
  about: words,
  routes: v.array(
    v.strictObject({ method: v.picklist(['GET', 'POST']), path: words, about: words }),
  ),
});

const UsageDocumentSchema = usageDocumentSchema(priceLists);

/**
 * The schemas of everything that goes in or comes out, by name. Where one is part of another it is written once and
 * referred to, so that the document stays small in every bundle.
 */
const schemas: Readonly<Record<string, Schema>> = {
  Answer: AnswerSchema,
  BillDocument: BillDocumentSchema,
  Comparison: ComparisonSchema,
  Health: v.strictObject({ status: v.literal('ok') }),
  Index: IndexSchema,
  Lesson: LocalLessonSchema,
  Estimate: EstimateSchema,
  Problem: ProblemSchema,
  Provider: ProviderSchema,
  Runtime: RuntimeSchema,
  Service: ServiceSchema,
  Source: SourceSchema,
  Text: TextSchema,
  UsageDocument: UsageDocumentSchema,
  UsageItem: UsageDocumentSchema.entries.items.item,
  WhoAmI: WhoAmISchema,
  Workload: WorkloadSchema,
};

/** The JSON Schema of each of them. */
export function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, convert(name, schema)]),
  );
}

function convert(name: string, schema: Schema): JsonSchema {
  const { [name]: _, ...definitions } = schemas;
  const {
    $schema: __,
    $defs: ___,
    ...converted
  } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    // What comes in may leave out what has a default; what goes out is as it came in, with no more fields.
    typeMode: 'input',
    // A check that JSON Schema cannot tell, such as one over two fields, is left to the 422.
    errorMode: 'ignore',
    definitions,
    overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  });
  return converted;
}
