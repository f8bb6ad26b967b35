import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { priceSheetJsonSchema, schemaFile } from './json-schema.ts';
import { sheetsDir } from './run.ts';

test('the committed schema is current: npm run -w @tricloud/price-refresh schema', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(priceSheetJsonSchema());
});

test('every sheet is valid by it, and one with a number for a price is not', () => {
  const ajv = new Ajv2020({ validateFormats: false });
  const isSheet = ajv.compile(JSON.parse(priceSheetJsonSchema()));
  for (const name of readdirSync(sheetsDir)) {
    const sheet = JSON.parse(readFileSync(join(sheetsDir, name), 'utf8'));
    expect(isSheet(sheet), `${name} ${JSON.stringify(isSheet.errors)}`).toBe(true);
    const [area] = Object.keys(sheet.prices[0].usd);
    sheet.prices[0].usd[area ?? ''] = [0.1];
    expect(isSheet(sheet)).toBe(false);
  }
});
