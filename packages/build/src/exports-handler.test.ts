import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BuildFailedError } from './errors.ts';
import { exportsHandler } from './exports-handler.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tricloud-handler-'));
  await writeFile(join(dir, 'other.ts'), 'export const handler = 1; export const other = 2;');
});
afterAll(() => rm(dir, { recursive: true }));

test.each([
  ['a.ts', 'export const handler = () => new Response();', true, 'it is exported'],
  ['b.ts', "export { handler } from './other.ts';", true, 'it is exported from another file'],
  ['c.ts', "export * from 'a-package';", true, 'the package may export it'],
  ['d.ts', 'export default () => new Response();', false, 'only the default is exported'],
  ['e.ts', "export { other } from './other.ts';", false, 'the other file’s is not re-exported'],
  ['f.ts', '', false, 'an empty module exports nothing'],
  ['g.cjs', 'exports.handler = () => new Response();', true, 'CommonJS assigns it'],
  ['h.cjs', 'exports.other = 1;', false, 'CommonJS never mentions it'],
  ['i.cjs', "module.exports = require('a-package');", true, 'the package may export it'],
])('%s with %j: %s, because %s', async (name, source, isExported) => {
  await writeFile(join(dir, name), source);
  expect(await exportsHandler(join(dir, name))).toBe(isExported);
});

test.each([
  ['export const = 1;', { line: 1, column: 14 }],
  ["import './not-there.ts';\nexport const handler = 1;", { line: 1, column: 8 }],
])('a module with %j is rejected with its place', async (source, place) => {
  const file = join(dir, 'broken.ts');
  await writeFile(file, source);
  const failure = await exportsHandler(file).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(BuildFailedError);
  expect(failure).toMatchObject({ location: { file, ...place } });
});
