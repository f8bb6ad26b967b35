import { usageItemSchemas, WorkloadSchema } from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import { jsonSchemaOf } from './json-schema.ts';
import generated from './openapi.generated.json' with { type: 'json' };

let whole: string | undefined;

/** The OpenAPI document as JSON text, its schemas spelled out the first time it is asked for. */
export function openApiJson(): string {
  whole ??= JSON.stringify(generated, unfold);
  return whole;
}

/**
 * What has properties and no type is a closed object with all of them, as `openapi/folded.ts` leaves it; what comes in
 * follows from its own schema.
 */
function unfold(key: string, value: unknown): unknown {
  if (key === 'UsageItem') return { anyOf: usageItemSchemas(priceLists).map(jsonSchemaOf) };
  if (key === 'Workload') return jsonSchemaOf(WorkloadSchema);
  if (typeof value !== 'object' || value === null) return value;
  if (!('properties' in value) || 'type' in value) return value;
  const { properties } = value;
  return {
    type: 'object',
    properties,
    required: Object.keys(Object(properties)),
    additionalProperties: false,
  };
}
