import { writeFile } from 'node:fs/promises';
import { priceSheetJsonSchema, schemaFile } from './json-schema.ts';

await writeFile(schemaFile, priceSheetJsonSchema());
