import * as v from 'valibot';
import { mostItems } from './parse-usage.ts';
import { usageItemSchemas } from './usage-item-schemas.ts';

/** The schema of an item of a usage document. */
export const UsageItemSchema = v.union(usageItemSchemas());

/** The schema of a usage document: what `parseUsage` reads, told in one piece, for documents and tests. */
export const UsageDocumentSchema = v.strictObject({
  freeTier: v.optional(
    v.pipe(
      v.boolean(),
      v.description('Whether the free allowances of an account are taken off, once for all items'),
    ),
    true,
  ),
  items: v.pipe(v.array(UsageItemSchema), v.minLength(1), v.maxLength(mostItems)),
});

/** A usage document before it is read. */
export type UsageDocument = v.InferInput<typeof UsageDocumentSchema>;
