import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileWatcher, type FileWatcher } from './watch-files.ts';

let dir = '';
let changes = 0;
let watcher: FileWatcher;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(path.join(tmpdir(), 'local-cloud-watch-')));
  changes = 0;
  watcher = createFileWatcher(() => {
    changes += 1;
  });
});
afterEach(async () => {
  watcher.close();
  await rm(dir, { recursive: true });
});

test('a file is watched again when its folder was removed and made anew', async () => {
  const folder = path.join(dir, 'folder');
  const file = path.join(folder, 'file.ts');
  const files = new Set([file]);
  await mkdir(folder);
  watcher.watch(files, { siblings: false });
  await rm(folder, { recursive: true });
  watcher.watch(files, { siblings: false });
  await mkdir(folder);
  watcher.watch(files, { siblings: false });
  await writeFile(file, '1');
  await expect.poll(() => changes, { timeout: 10_000 }).toBeGreaterThan(0);
});

test('a burst of changes is reported once', async () => {
  const file = path.join(dir, 'file.ts');
  watcher.watch(new Set([file]), { siblings: false });
  await Promise.all([writeFile(file, '1'), writeFile(file, '2')]);
  await expect.poll(() => changes, { timeout: 10_000 }).toBe(1);
});

test('a change of another file in the folder is not reported', async () => {
  watcher.watch(new Set([path.join(dir, 'file.ts')]), { siblings: false });
  const other = path.join(dir, 'other.ts');
  const isSeen = new Promise((resolve) => {
    const later = createFileWatcher(() => {
      later.close();
      resolve(true);
    });
    later.watch(new Set([other]), { siblings: false });
  });
  await writeFile(other, '1');
  await isSeen;
  expect(changes).toBe(0);
});

test.each([
  ['other.ts', 1],
  ['other.mjs', 1],
  ['other.json', 1],
  ['dev.log', 0],
  ['.other.ts', 0],
])('with siblings a change of %s is reported %i times', async (name, times) => {
  const file = path.join(dir, 'file.ts');
  watcher.watch(new Set([file]), { siblings: true });
  const other = path.join(dir, name);
  const isSeen = new Promise((resolve) => {
    const later = createFileWatcher(() => {
      later.close();
      resolve(true);
    });
    later.watch(new Set([other]), { siblings: false });
  });
  await writeFile(other, '1');
  await isSeen;
  await expect.poll(() => changes).toBe(times);
});
