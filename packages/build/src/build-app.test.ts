import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from './build-app.ts';

const appsDir = fileURLToPath(new URL('../../../apps/', import.meta.url));
let dir = '';
beforeAll(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'tricloud-build-app-')));
});
afterAll(() => rm(dir, { recursive: true }));

test('the inputs of a build are its sources, npm packages left out', async () => {
  const { inputs } = await buildApp({ provider: 'azure', appsDir }, dir);
  expect(inputs).toContain(join(appsDir, 'azure-functions', 'src', 'index.ts'));
  expect(inputs.filter((input) => input.includes(`${sep}node_modules${sep}`))).toEqual([]);
});

test('a folder without the provider’s app is no obstacle', async () => {
  const alone = await buildApp({ provider: 'aws' }, dir);
  expect((await buildApp({ provider: 'aws', appsDir: dir }, dir)).files[1]).toEqual(alone.files[1]);
});

test('of all warnings only those about dynamic imports are reported', async () => {
  const functionFile = join(dir, 'function.ts');
  await writeFile(
    functionFile,
    `export const handler = async (request: Request) => {
  if (typeof request === 'objekt') return new Response();
  return Response.json(await import(request.url));
};`,
  );
  const { dynamicImports } = await buildApp({ provider: 'google', functionFile }, dir);
  expect(dynamicImports).toEqual([
    `${functionFile}:3: dynamic import or require: the module that it loads is not in the bundle`,
  ]);
});
