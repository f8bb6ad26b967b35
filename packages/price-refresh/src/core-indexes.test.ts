import { readFileSync } from 'node:fs';
import { billedServices } from '@tricloud/core';
import { expect, test } from 'vitest';
import { coreIndexes } from './core-indexes.ts';

test.each(coreIndexes())('$file is what its folder holds: npm run fix', ({ file, text }) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('no service is without its id', () => {
  const ids = billedServices.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  expect(ids.length).toBeGreaterThan(40);
});
