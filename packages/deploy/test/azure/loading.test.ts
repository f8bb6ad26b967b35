import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const folder = new URL('../../src/azure/', import.meta.url);
const entries = await readdir(folder, { recursive: true });
const files = entries.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));

// A plan needs none of them, and they take most of a second.
test.each(files)('%s loads no client of Azure before it asks Azure', async (file) => {
  const source = await readFile(new URL(file, folder), 'utf8');
  const loaded = source.match(/^import (?!type )[^;]*? from '@azure\/[^']+'/gm) ?? [];
  expect(loaded).toEqual([]);
});
