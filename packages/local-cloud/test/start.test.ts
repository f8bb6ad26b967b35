import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { BuildFailedError } from '@tricloud/build';
import { type LocalCloudEvent, PortInUseError } from '../src/index.ts';
import { isAlive, patience, startTestCloud, textOf } from './cloud.ts';

test.each([
  ['console', '--port-console'],
  ['aws', '--port-aws'],
  ['google', '--port-google'],
  ['azure', '--port-azure'],
] as const)('a taken port of %s is refused, naming %s', async (name, flag) => {
  const taken = createServer();
  await new Promise<void>((resolve) => {
    taken.listen(0, '127.0.0.1', resolve);
  });
  const address = taken.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const events: LocalCloudEvent[] = [];
  const started = startTestCloud({
    ports: { console: 0, aws: 0, google: 0, azure: 0, [name]: port },
    onEvent: (event) => events.push(event),
  });
  await expect(started).rejects.toBeInstanceOf(PortInUseError);
  await expect(started).rejects.toMatchObject({ port, flag });
  expect(events).toEqual([]);
  await new Promise((resolve) => {
    taken.close(resolve);
  });
});

test('a cache that cannot be written is named', async () => {
  const cacheDir = '/dev/null/cache';
  await expect(startTestCloud({ cacheDir })).rejects.toMatchObject({
    name: 'LocalCloudError',
    message: expect.stringContaining('/dev/null/cache cannot be written'),
  });
});

test('a function that cannot be built is refused with esbuild’s own words', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'local-cloud-build-'));
  const functionFile = path.join(dir, 'broken.ts');
  await writeFile(functionFile, 'export const handler = () => {');
  const started = startTestCloud({ functionFile });
  await expect(started).rejects.toBeInstanceOf(BuildFailedError);
  await expect(started).rejects.toThrow(/broken\.ts:1:\d+/);
  await rm(dir, { recursive: true });
});

test.each([
  ['throws', 'throw new Error("not today");', /unable to load .*not today|Error: not today/],
  [
    'exports no function',
    'export const handler = 5;',
    /must be a function of \(request, invocation\), not 5/,
  ],
  ['ends its process', 'process.exit(3);', /^exit 3 false$|ended with code 3/],
])(
  'a function that %s when it is loaded answers 5xx until a save mends it',
  async (_what, line, told) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'local-cloud-load-'));
    const functionFile = path.join(dir, 'fails.ts');
    await writeFile(
      functionFile,
      line.includes('handler') ? line : `${line}\nexport const handler = undefined;`,
    );
    const running = await startTestCloud({ functionFile, watch: true });
    const providers = ['aws', 'google', 'azure'] as const;
    const ask = () =>
      Promise.all(providers.map(async (one) => (await fetch(running.url(one, '/'))).status));
    const linesOf = (provider: string) =>
      running.events
        .flatMap((event) => {
          if (event.type === 'log' && event.provider === provider) return [event.line];
          if (event.type !== 'exit' || event.provider !== provider) return [];
          return [`exit ${event.code} ${event.isRestarted}`];
        })
        .filter((text) => told.test(text));
    for (const provider of providers) {
      await expect.poll(() => linesOf(provider), patience).not.toEqual([]);
    }
    const unable = linesOf('azure').filter((text) => text.includes('unable to load'));
    expect(unable).toHaveLength(line.startsWith('process') ? 0 : 1);
    expect([linesOf('aws').length, linesOf('google').length]).toEqual([1, 1]);
    expect(await ask()).toEqual([500, 503, 503]);
    await writeFile(functionFile, 'export const handler = () => new Response("mended");');
    await expect.poll(ask, patience).toEqual([200, 200, 200]);
    await running.close();
    await rm(dir, { recursive: true });
  },
  60_000,
);

test('a Node that cannot be started is one line for each runtime, and nothing is restarted', async () => {
  const running = await startTestCloud({ nodePath: '/nowhere/node' });
  const providers = ['aws', 'google', 'azure'] as const;
  const statuses = providers.map(async (one) => (await fetch(running.url(one, '/'))).status);
  expect(await Promise.all(statuses)).toEqual([500, 503, 503]);
  const lines = running.events.flatMap((event) => (event.type === 'log' ? [event.line] : []));
  const exits = running.events.filter(({ type }) => type === 'exit');
  await running.close();

  const line = '/nowhere/node cannot be started: spawn /nowhere/node ENOENT';
  expect({ lines, exits }).toEqual({ lines: [line, line, line], exits: [] });
});

test.each(['aws', 'google'] as const)(
  '%s starts a function that does not stay alive again and again, but ever more slowly',
  async (provider) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'local-cloud-loop-'));
    const functionFile = path.join(dir, 'loops.ts');
    await writeFile(
      functionFile,
      'setTimeout(() => process.exit(7), 150);\nexport const handler = () => new Response();',
    );
    const exitedAt: number[] = [];
    const onEvent = ({ type }: LocalCloudEvent) => {
      if (type === 'exit') exitedAt.push(performance.now());
    };
    const running = await startTestCloud({ functionFile, providers: [provider], onEvent });
    await expect.poll(() => exitedAt.length, patience).toBeGreaterThan(5);
    // After the fifth failure in a row the next start waits for 800 ms.
    expect((exitedAt[5] ?? 0) - (exitedAt[4] ?? 0)).toBeGreaterThan(790);
    await running.close();
    await rm(dir, { recursive: true });
  },
);

test('closing twice is closing once, and leaves no folder', async () => {
  const running = await startTestCloud({ providers: ['aws', 'google'] });
  await Promise.all([running.cloud.close(), running.cloud.close()]);
  expect(await readdir(running.cacheDir)).toEqual([]);
  await expect(fetch(running.url('aws', '/'))).rejects.toThrow('fetch failed');
  await running.close();
});

test('two local clouds run side by side', async () => {
  const [one, two] = await Promise.all([
    startTestCloud({ providers: ['aws'] }),
    startTestCloud({ providers: ['aws'] }),
  ]);
  await one.close();
  expect(await textOf(two.url('aws', '/'))).toBe('fixture');
  await two.close();
});

test.each(['aws', 'google', 'azure'] as const)(
  'a start on %s that is given up ends a function that never finishes loading',
  async (provider) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'local-cloud-loop-'));
    const functionFile = path.join(dir, 'loops.ts');
    const pidFile = path.join(dir, 'pid');
    await writeFile(
      functionFile,
      `import { writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
      for (;;);
      export const handler = 0;`,
    );
    const givenUp = new AbortController();
    const starting = startTestCloud({
      providers: [provider],
      functionFile,
      signal: givenUp.signal,
    });
    const outcome = starting.then(() => 'started', String);
    await expect.poll(() => readFile(pidFile, 'utf8').catch(() => ''), patience).not.toBe('');
    const pid = Number(await readFile(pidFile, 'utf8'));
    givenUp.abort();
    expect(await outcome).toMatch(/aborted|SIGKILL/);
    expect(isAlive(pid)).toBe(false);
    await rm(dir, { recursive: true });
  },
);
