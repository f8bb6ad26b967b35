import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { priceListJsonSchema, schemaFile } from './json-schema.ts';
import { listsDir } from './run.ts';

test('the committed schema is current: npm run fix', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(priceListJsonSchema());
});

test('every list is valid by it, and one with a number for a price is not', () => {
  const ajv = new Ajv2020({ validateFormats: false });
  const isPriceList = ajv.compile(JSON.parse(priceListJsonSchema()));
  for (const name of readdirSync(listsDir)) {
    const list = JSON.parse(readFileSync(join(listsDir, name), 'utf8'));
    expect(isPriceList(list), `${name} ${JSON.stringify(isPriceList.errors)}`).toBe(true);
    const [place = ''] = Object.keys(list.prices[0].usd);
    for (const wrong of [0.1, '1e-7', '0.1,0.2', '0.1  0.2', '']) {
      list.prices[0].usd[place] = wrong;
      expect(isPriceList(list)).toBe(false);
    }
  }
});
