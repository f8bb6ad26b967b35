import { PriceSheetSchema } from '@tricloud/core/parts';
import { toJsonSchema } from '@valibot/to-json-schema';

/** The JSON Schema of a price sheet, for editors and for programs that are not ours. */
export function priceSheetJsonSchema(): string {
  const schema = toJsonSchema(PriceSheetSchema, { target: 'draft-2020-12' });
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const document = { ...schema, $schema, title: 'A price sheet of tricloud' };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Where it is committed. */
export const schemaFile = new URL('../../core/price-sheet.schema.generated.json', import.meta.url);
