import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../bin/bundle.mjs';
import { stampOf } from '../bin/sources.mjs';
import { root } from './tricloud.ts';
import { writeAll } from './workspace.ts';

let cacheDir = '';

beforeAll(async () => {
  // Below node_modules, where the packages that stay outside the bundle are found.
  await mkdir(join(root, 'node_modules', '.cache'), { recursive: true });
  cacheDir = await mkdtemp(join(root, 'node_modules', '.cache', 'tricloud-test-'));
});
afterAll(() => rm(cacheDir, { recursive: true }));

test('first runs at the same time leave one bundle and nothing half built', async () => {
  const dirs = await Promise.all(Array.from({ length: 4 }, () => bundle({ root, cacheDir })));

  expect(new Set(dirs).size).toBe(1);
  expect(new Set(await readdir(cacheDir))).toEqual(new Set([dirs[0]]));
});

test('the bundle holds the command and every process that the packages fork, side by side', async () => {
  const dir = await bundle({ root, cacheDir });

  expect(await readdir(join(cacheDir, dir))).toEqual(
    expect.arrayContaining(['tricloud.mjs', 'azure-worker.mjs', 'aws-child.mjs']),
  );
});

test('what is left of a bundle that is incomplete is built again', async () => {
  const dir = await bundle({ root, cacheDir });
  await rm(join(cacheDir, dir, 'tricloud.mjs'));
  await bundle({ root, cacheDir });

  expect(await readdir(join(cacheDir, dir))).toContain('tricloud.mjs');
});

test('bundles unused for a day are removed, except the latest', async () => {
  const current = await bundle({ root, cacheDir });
  const old = ['0', '1', '2', '3', '4'].map((digit) => digit.repeat(16));
  for (const [i, name] of old.entries()) {
    await mkdir(join(cacheDir, name), { recursive: true });
    const usedAt = new Date(Date.now() - (i + 2) * 24 * 60 * 60 * 1000);
    await utimes(join(cacheDir, name), usedAt, usedAt);
  }
  await bundle({ root, cacheDir });

  expect(new Set(await readdir(cacheDir))).toEqual(new Set([...old.slice(0, 3), current]));
});

test('bundles younger than a day stay, however many there are', async () => {
  const young = ['a', 'b', 'c', 'd', 'e'].map((digit) => digit.repeat(16));
  for (const name of young) await mkdir(join(cacheDir, name), { recursive: true });
  await bundle({ root, cacheDir });

  expect(await readdir(cacheDir)).toEqual(expect.arrayContaining(young));
});

test('a source that is saved during the build is built again', async () => {
  const workspace = join(cacheDir, 'workspace');
  const main = join(workspace, 'apps', 'cli', 'src', 'main.ts');
  await writeAll(workspace, {
    'package-lock.json': '{}',
    'tsconfig.base.json': '{}',
    'packages/none/package.json': '{}',
    'apps/cli/package.json': '{}',
    'apps/cli/src/main.ts': 'export const run = 1;',
  });
  const building = bundle({ root: workspace, cacheDir: join(workspace, 'cache') });
  writeFileSync(main, 'export const run = "saved meanwhile";');
  const dir = await building;

  expect(dir).toBe(stampOf(workspace));
  expect(await readFile(join(workspace, 'cache', dir, 'tricloud.mjs'), 'utf8')).toContain(
    'saved meanwhile',
  );
});

test('every package that stays outside the bundle is found from its folder', async () => {
  const dir = join(cacheDir, await bundle({ root, cacheDir }));
  const files = (await readdir(dir)).filter((name) => name.endsWith('.mjs'));
  const texts = await Promise.all(files.map((name) => readFile(join(dir, name), 'utf8')));
  const imported = texts.flatMap((text) =>
    [...text.matchAll(/^import .*?from "([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(
      ([, from, dynamic]) => from ?? dynamic ?? '',
    ),
  );
  const external = new Set(imported.filter((name) => /^[^./]/.test(name) && !isBuiltin(name)));

  expect(external.size).toBeGreaterThan(10);
  const { resolve } = createRequire(join(dir, 'tricloud.mjs'));
  expect([...external].filter((name) => !isThere(name, resolve.paths(name) ?? []))).toEqual([]);
});

/** True for a file URL, and for a package that is in one of the folders. */
function isThere(name: string, folders: readonly string[]): boolean {
  if (name.startsWith('file:')) return existsSync(fileURLToPath(name));
  const folder = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
  return folders.some((each) => existsSync(join(each, folder)));
}
