import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { fixtureFunction } from './app-dirs.ts';
import { isAlive, patience, textOf } from './cloud.ts';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const script = fileURLToPath(new URL('fixtures/supervisor.ts', import.meta.url));

const names = ['aws', 'google', 'azure'];

async function startSupervisor() {
  const cacheDir = await mkdtemp(path.join(tmpdir(), 'local-cloud-left-'));
  const supervisor = spawn(process.execPath, ['--import', tsx, script, cacheDir, fixtureFunction], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const urls = await new Promise<Map<string, string>>((resolve) => {
    supervisor.stdout.once('data', (line: Buffer) => {
      resolve(
        new Map(
          line
            .toString()
            .trim()
            .split(' ')
            .map((url, index) => [names[index] ?? '', url]),
        ),
      );
    });
  });
  const pids = await Promise.all(
    [...urls.values()].map(async (url) => Number(await textOf(`${url}/pid`))),
  );
  const exited = new Promise((resolve) => {
    supervisor.once('exit', resolve);
  });
  return { supervisor, cacheDir, urls, pids, exited };
}

test.each([
  ['SIGTERM', 'asked to end'],
  ['SIGKILL', 'gone without a word'],
] as const)('%s leaves no process, no port and no folder: %s', async (signal, _why) => {
  const { supervisor, cacheDir, urls, pids, exited } = await startSupervisor();
  supervisor.kill(signal);
  await exited;
  await expect.poll(() => pids.filter((pid) => isAlive(pid)), patience).toEqual([]);
  for (const url of urls.values()) await expect(fetch(url)).rejects.toThrow('fetch failed');
  await expect.poll(() => readdir(cacheDir), patience).toEqual([]);
  await rm(cacheDir, { recursive: true });
});

test('SIGKILL ends a child that is deaf because its event loop is blocked', async () => {
  const { supervisor, cacheDir, urls, pids, exited } = await startSupervisor();
  let output = '';
  supervisor.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const asked = names.map((name) => fetch(`${urls.get(name)}/spin`).catch(() => undefined));
  await expect.poll(() => output.match(/spinning/g)?.length, patience).toBe(3);
  supervisor.kill('SIGKILL');
  await exited;
  await Promise.all(asked);
  await expect.poll(() => pids.filter((pid) => isAlive(pid)), patience).toEqual([]);
  await expect.poll(() => readdir(cacheDir), patience).toEqual([]);
  await rm(cacheDir, { recursive: true });
});
