import { writeFile } from 'node:fs/promises';
import { priceListJsonSchema, schemaFile } from './json-schema.ts';

await writeFile(schemaFile, priceListJsonSchema());
