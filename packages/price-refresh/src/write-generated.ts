import { writeFile } from 'node:fs/promises';
import { coreIndexes } from './core-indexes.ts';
import { priceListJsonSchema, schemaFile } from './json-schema.ts';

await writeFile(schemaFile, priceListJsonSchema());
for (const { file, text } of coreIndexes()) await writeFile(file, text);
