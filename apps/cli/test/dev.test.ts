import { spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { linesUntil, root, start, tricloud } from './tricloud.ts';

const freePorts = ['console', 'aws', 'google', 'azure'].flatMap((name) => [`--port-${name}`, '0']);

let folder = '';
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tricloud-dev-'));
  await writeFile(
    join(folder, 'own.mjs'),
    `export const handler = (request, { provider }) => {
  console.log('asked by ' + new URL(request.url).searchParams.get('who'));
  return Response.json({ provider, greeting: process.env.GREETING ?? null });
};`,
  );
  await writeFile(join(folder, '.env'), 'GREETING=xin chào\n');
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true }));

function dev(args: readonly string[], running: Parameters<typeof start>[1] = {}) {
  const child = start(['dev', ...args], running);
  started.push(child);
  return child;
}

async function untilReady(child: ChildProcess, count = 3) {
  const lines = await linesUntil(
    child,
    (all) => all.some((line) => line.startsWith('console ')) && urlsIn(all).length === count,
  );
  return { lines, urls: urlsIn(lines) };
}

function urlsIn(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => /^ready (?:aws|google|azure) (http\S+)$/.exec(line)?.[1] ?? []);
}

/** The descendants of a process, by the system's own list. */
function processesBelow(pid: number | undefined): readonly number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const tree = [pid];
  // Grows while it is walked: children of children come after their parents.
  for (const parent of tree) {
    tree.push(...pairs.flatMap(([id = 0, of]) => (of === parent ? [id] : [])));
  }
  return tree.slice(1).flatMap((id) => id ?? []);
}

async function aliveAmong(pids: readonly number[]): Promise<readonly number[]> {
  // A process that was signalled may take a moment after its parent has gone.
  for (let i = 0; i < 50; i += 1) {
    const alive = pids.filter(isAlive);
    if (alive.length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return pids.filter(isAlive);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'runs all three until %s, and leaves no process, port or folder behind',
  async (signal) => {
    const child = dev(freePorts);
    const { urls } = await untilReady(child);
    const answers = await Promise.all(urls.map((url) => statusOf(`${url}/healthz`)));
    const below = processesBelow(child.pid);
    child.kill(signal);
    child.kill(signal);
    const [code] = await once(child, 'exit');

    expect(answers).toEqual([200, 200, 200]);
    expect(below.length).toBeGreaterThanOrEqual(3);
    expect(code).toBe(0);
    expect(await aliveAmong(below)).toEqual([]);
    await expect(Promise.allSettled(urls.map((url) => fetch(url)))).resolves.toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
      { status: 'rejected' },
    ]);
    const runs = join(root, 'node_modules', '.cache', 'tricloud', 'dev');
    expect(readdirSync(runs).filter((name) => name.includes(String(child.pid)))).toEqual([]);
  },
);

test('starts only what --only names', async () => {
  const child = dev([...freePorts, '--only', 'azure,aws']);
  const { lines } = await untilReady(child, 2);
  const ready = lines.flatMap((line) => /^ready (\w+)/.exec(line)?.[1] ?? []);

  expect(ready.toSorted((a, b) => a.localeCompare(b))).toEqual(['aws', 'azure']);
});

test('serves a function of somebody else, with its variables and its logs', async () => {
  const child = dev([...freePorts, '--function', 'own.mjs', '--json'], { cwd: folder });
  const events = async (isEnough: (all: readonly { type: string }[]) => boolean) =>
    (await linesUntil(child, (lines) => isEnough(lines.map((line) => JSON.parse(line))))).map(
      (line) => JSON.parse(line),
    );
  const first = await events((all) => all.some(({ type }) => type === 'console'));
  const ready = first.filter(({ type }) => type === 'ready');
  const rest = events((all) => all.filter(({ type }) => type === 'record').length === 3);
  const answers = await Promise.all(
    ready.map(async ({ url }) => (await fetch(`${url}/?who=me`)).json()),
  );
  const printed = await rest;
  const records = printed.filter(({ type }) => type === 'record').map(({ record }) => record);
  const logs = printed.filter(({ type, line }) => type === 'log' && line === 'asked by me');

  expect(answers).toEqual(ready.map(({ provider }) => ({ provider, greeting: 'xin chào' })));
  expect(records.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(logs.map(({ provider, invocationId }) => `${provider} ${invocationId}`))).toEqual(
    new Set(records.map(({ provider, id }) => `${provider} ${id}`)),
  );
});

test('sends all three the same workload and says that the same comparison came back', async () => {
  const workload = join(root, 'examples', 'workloads', 'shop-api.json');
  const child = dev([...freePorts, '--compare', workload]);
  const lines = await linesUntil(child, (all) => all.at(-1)?.includes(' from aws, ') === true);

  expect(lines.at(-1)).toBe('the same comparison from aws, google, azure');
  expect(lines.some((line) => line.startsWith('Cheapest for 3,000,000 requests a month: '))).toBe(
    true,
  );
  expect(lines.filter((line) => /^ *\d {2}\S.* +\d+\.\d\d/.test(line))).toHaveLength(3);
});

test.each(['console', 'aws', 'google', 'azure'])(
  'a %s port in use is one line, and nothing is left running',
  async (name) => {
    const { server, port } = await listening();
    const ports = freePorts.with(freePorts.indexOf(`--port-${name}`) + 1, String(port));
    const { code, stderr } = await tricloud(['dev', ...ports]);
    server.close();

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `tricloud: port ${port} is in use\nhint: --port-${name} N takes another, --port-${name} 0 a free one\n`,
    });
  },
);

async function statusOf(url: string): Promise<number> {
  const response = await fetch(url);
  await response.arrayBuffer();
  return response.status;
}

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, port: address.port };
}

test('says when functions run on another Node than they are deployed on', async () => {
  const child = dev([...freePorts, '--only', 'aws'], { env: { XDG_CACHE_HOME: folder } });
  const { lines } = await untilReady(child, 1);
  const isSame = process.versions.node.startsWith('24.');

  expect(lines.some((line) => line.startsWith('note: functions run on Node'))).toBe(!isSame);
});

test('a function that throws when it is loaded is shown, and keeps no runtime from starting', async () => {
  await writeFile(
    join(folder, 'throws.mjs'),
    "throw new Error('not today');\nexport const handler = 1;",
  );
  const child = dev([...freePorts, '--function', 'throws.mjs'], { cwd: folder });
  const lines = await linesUntil(
    child,
    (all) =>
      all.some((line) => line.startsWith('console ')) &&
      ['aws', 'google', 'azure'].every((id) =>
        all.some((line) => line.startsWith(`[${id} `) && line.includes('not today')),
      ),
  );

  expect(urlsIn(lines)).toHaveLength(3);
  const statuses = await Promise.all(urlsIn(lines).map(statusOf));
  expect(statuses.toSorted((a, b) => a - b)).toEqual([500, 503, 503]);
  expect(child.exitCode).toBe(null);
});
