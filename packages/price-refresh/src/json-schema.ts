import { PriceListSchema } from '@tricloud/core/parts';
import { toJsonSchema } from '@valibot/to-json-schema';

/** The JSON Schema of a price list, for editors and for programs that are not ours. */
export function priceListJsonSchema(): string {
  const schema = toJsonSchema(PriceListSchema, { target: 'draft-2020-12' });
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const document = { ...schema, $schema, title: 'A price list of tricloud' };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Where it is committed. */
export const schemaFile = new URL('../../core/price-list.schema.generated.json', import.meta.url);
