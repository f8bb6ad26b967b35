import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { AppLoadError, formatFunctionList, SettingsError } from '../src/index.ts';
import { send, start } from './support.ts';

const scratch = mkdtempSync(join(tmpdir(), 'tricloud-azure-host-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('I2: a glob with braces loads every file once, as ES modules', async () => {
  const { host } = await start('esm');
  const answers = await Promise.all(
    ['index', 'one', 'two'].map(async (name) => (await send(host.port, `/api/${name}`)).text),
  );
  expect(answers).toEqual(['3', 'one', 'two']);
  expect(formatFunctionList(host)).toBe(
    [
      'Functions:',
      '',
      `\tindex: [GET,POST] http://localhost:${host.port}/api/index`,
      '',
      `\tone: [GET,POST] http://localhost:${host.port}/api/one`,
      '',
      `\ttwo: [GET,POST] http://localhost:${host.port}/api/two`,
      '',
    ].join('\n'),
  );
  await host.close();
});

test.each([
  [
    'no-match',
    'Worker was unable to load entry point "dist/**/*.js": Found zero files matching the supplied pattern.',
    'a glob that matches nothing',
  ],
  [
    'no-file',
    'Worker was unable to load entry point "dist/index.js": File does not exist.',
    'a file that is not there',
  ],
  [
    'broken',
    'Worker was unable to load entry point "index.js": broken while loading',
    'a file that throws',
  ],
  [
    'leading-slash',
    "The host cannot start because of function 'x'. The route template 'api//x' cannot be used: '/' must not appear twice in a row.",
    'a route with a leading slash',
  ],
  [
    'test-mode',
    'The app registers no function: "@azure/functions" is in test mode, because it could not require "@azure/functions-core".',
    'a library that does not see its host',
  ],
  [
    'twice',
    'Worker was unable to load entry point "index.js": A function with id "x" has already been registered.',
    'a name that is registered twice',
  ],
])('I2: %s cannot be started: %s', async (app, message) => {
  const error: unknown = await start(app).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppLoadError);
  expect(error).toMatchObject({ message });
});

test('an app without main runs, and the host says that it has no function', async () => {
  const started = await start('bare');
  expect(started.host.functions).toEqual([]);
  expect(started.messages('system').join('\n')).toContain('No job functions found.');
  expect((await started.send('/api/x')).status).toBe(404);
  await started.host.close();
});

test('a host.json of another version is refused', async () => {
  await expect(start('bad-version')).rejects.toThrow(SettingsError);
});

test('a folder that is not there is refused', async () => {
  await expect(start('not-there')).rejects.toThrow(/is not a folder/);
});

test('an app that cannot be loaded any more answers 503 until it can', async () => {
  const app = join(scratch, 'changing');
  mkdirSync(join(app, 'node_modules', '@azure'), { recursive: true });
  const library = dirname(dirname(createRequire(import.meta.url).resolve('@azure/functions')));
  symlinkSync(library, join(app, 'node_modules', '@azure', 'functions'));
  const write = (body: string) =>
    writeFileSync(
      join(app, 'index.js'),
      `const { app } = require('@azure/functions'); app.http('x', { handler: async () => ({ body: ${body} }) });`,
    );
  writeFileSync(join(app, 'package.json'), '{ "main": "index.js" }');
  write("'one'");
  const started = await start('changing', { appDir: app });
  expect((await started.send('/api/x')).text).toBe('one');
  write('syntax error');
  await expect(started.host.restart()).rejects.toThrow(AppLoadError);
  expect((await started.send('/api/x')).status).toBe(503);
  write("'two'");
  await started.host.restart();
  expect((await started.send('/api/x')).text).toBe('two');
  await started.host.close();
});

test('a worker that dies while it loads the app is restarted; after three failures requests are refused', async () => {
  const app = join(scratch, 'dying');
  mkdirSync(join(app, 'node_modules', '@azure'), { recursive: true });
  const library = dirname(dirname(createRequire(import.meta.url).resolve('@azure/functions')));
  symlinkSync(library, join(app, 'node_modules', '@azure', 'functions'));
  writeFileSync(join(app, 'package.json'), '{ "main": "index.js" }');
  const good = `const { app } = require('@azure/functions'); app.http('x', { handler: async () => process.exit(0) }); app.http('y', { handler: async () => ({ body: 'y' }) });`;
  writeFileSync(join(app, 'index.js'), good);
  const started = await start('dying', { appDir: app });
  writeFileSync(join(app, 'index.js'), 'process.exit(9);');
  expect((await started.send('/api/x')).status).toBe(500);
  expect((await started.send('/api/y')).status).toBe(503);
  // The crash is the first failure, then three starts.
  expect(started.exits.map(({ code }) => code)).toEqual([0, 9, 9, 9]);
  writeFileSync(join(app, 'index.js'), good);
  const statusOf = async () => (await started.send('/api/y')).status;
  await expect.poll(statusOf, { timeout: 10_000 }).toBe(200);
  await started.host.close();
});

test('a start that is given up ends an app that never finishes loading', async () => {
  const givenUp = new AbortController();
  const exits: unknown[] = [];
  const starting = start('loops', {
    signal: givenUp.signal,
    onWorkerExit: (exit) => exits.push(exit),
    onLog: ({ message }) => {
      if (message === 'loading') givenUp.abort();
    },
  });
  await expect(starting).rejects.toThrow('The worker process ended by signal SIGKILL.');
  expect(exits).toEqual([]);
});
