import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProviderId } from '../src/index.ts';
import { patience, startTestCloud, type TestCloud, textOf } from './cloud.ts';

const providers: readonly ProviderId[] = ['aws', 'google', 'azure'];
let dir = '';
let functionFile = '';
let running: TestCloud;

const source = (version: string) => `
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { words } from './words.ts';
export const handler = async (request: Request) => {
  if (request.url.includes('slow')) {
    console.log('slow has begun');
    while (!existsSync('${path.join(dir, 'finish')}')) await sleep(10);
  }
  return new Response('${version} ' + words);
};`;

const answers = () => Promise.all(providers.map((provider) => textOf(running.url(provider, '/'))));
const begun = () =>
  running.events.filter((event) => event.type === 'log' && event.line === 'slow has begun');
const failures = () => running.events.filter((event) => event.type === 'build-failed');
/** Saves the function at once. A plain write empties the file first, and a build in between fails in another way. */
const save = async (text: string) => {
  await writeFile(`${functionFile}.new`, text);
  await rename(`${functionFile}.new`, functionFile);
};
const count = (type: string) => running.events.filter((event) => event.type === type).length;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'local-cloud-reload-'));
  functionFile = path.join(dir, 'function.ts');
  await writeFile(path.join(dir, 'words.ts'), `export const words = 'word';`);
  await writeFile(functionFile, source('v1'));
  running = await startTestCloud({ functionFile, watch: true });
});
afterAll(async () => {
  await running.close();
  await rm(dir, { recursive: true });
});

test('a save brings the new version to all three, and what had begun is finished by the old one', async () => {
  const slow = providers.map(async (provider) =>
    (await fetch(running.url(provider, '/slow'))).text(),
  );
  await expect.poll(() => begun().length, patience).toBe(3);
  await writeFile(functionFile, source('v2'));
  await expect.poll(answers, patience).toEqual(['v2 word', 'v2 word', 'v2 word']);
  await writeFile(path.join(dir, 'finish'), '');
  expect(await Promise.all(slow)).toEqual(['v1 word', 'v1 word', 'v1 word']);
});

test('a save by renaming, of a file that the function imports, is seen', async () => {
  const aside = path.join(dir, 'words.ts.tmp');
  await writeFile(aside, `export const words = 'renamed';`);
  await rename(aside, path.join(dir, 'words.ts'));
  await expect.poll(answers, patience).toEqual(['v2 renamed', 'v2 renamed', 'v2 renamed']);
});

test('a syntax error leaves the old version running, says where, and the next save mends it', async () => {
  await save('export const x = 1;\n)');
  await expect.poll(() => failures().length, patience).toBe(1);
  const where = `${path.relative(process.cwd(), functionFile)}:2:1`;
  expect(failures()).toEqual([
    { type: 'build-failed', providers, message: `${where}: Unexpected ")"` },
  ]);
  await writeFile(path.join(dir, 'other.ts'), 'export const x = (');
  await save('export const x = 2;\n)');
  expect(await answers()).toEqual(['v2 renamed', 'v2 renamed', 'v2 renamed']);
  await save(source('v3'));
  await expect.poll(answers, patience).toEqual(['v3 renamed', 'v3 renamed', 'v3 renamed']);
  expect(failures()).toHaveLength(1);
});

test('a missing import is mended by the file that was missing', async () => {
  const failuresBefore = failures().length;
  await writeFile(functionFile, source('v4').replace('words.ts', 'later.ts'));
  await expect.poll(() => failures().length, patience).toBeGreaterThan(failuresBefore);
  await writeFile(path.join(dir, 'later.ts'), `export const words = 'later';`);
  await expect.poll(answers, patience).toEqual(['v4 later', 'v4 later', 'v4 later']);
});

test('a save that changes nothing reloads nothing', async () => {
  const reloads = count('reloaded');
  await writeFile(functionFile, source('v4').replace('words.ts', 'later.ts'));
  await writeFile(functionFile, source('v5').replace('words.ts', 'later.ts'));
  await expect.poll(answers, patience).toEqual(['v5 later', 'v5 later', 'v5 later']);
  await expect.poll(() => count('reloaded'), patience).toBe(reloads + 1);
});

test('no request fails while versions are swapped', async () => {
  const over = new AbortController();
  const statuses = Promise.all(
    providers.map(async (provider) => {
      const seen = new Set<number>();
      while (!over.signal.aborted) seen.add((await fetch(running.url(provider, '/'))).status);
      return [...seen];
    }),
  );
  await writeFile(functionFile, source('v6').replace('words.ts', 'later.ts'));
  await expect.poll(answers, patience).toEqual(['v6 later', 'v6 later', 'v6 later']);
  over.abort();
  expect(await statuses).toEqual([[200], [200], [200]]);
});

test('a function that throws after an edit is followed by the one that does not', async () => {
  await writeFile(functionFile, `throw new Error('broken at load');\nexport const handler = 0;`);
  await running.until((event) =>
    event.type === 'log' && event.line.includes('broken at load') ? true : undefined,
  );
  await writeFile(functionFile, source('v7').replace('words.ts', 'later.ts'));
  await expect.poll(answers, patience).toEqual(['v7 later', 'v7 later', 'v7 later']);
});
