import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endingWithThis } from './ending.ts';
import { type Figure, median, toFigure } from './figure.ts';
import { load } from './http-load.ts';

const root = join(import.meta.dirname, '..');
const scratch = join(root, 'node_modules', '.cache', 'tricloud-bench');
const hostEntry = join(root, 'packages', 'azure-host', 'dist', 'host.mjs');
const mostMs = 20_000;
const body = 'Hello, world!';

/** How fast the Azure Functions host starts and answers, beside Google's functions-framework. */
export async function azureHostFigures(): Promise<readonly Figure[]> {
  await promisify(execFile)('npm', ['run', 'build', '-w', '@tricloud/azure-host'], { cwd: root });
  const azureApp = writeAzureApp();
  const googleServer = writeGoogleServer();

  const starts: number[] = [];
  for (let i = 0; i < 9; i += 1) {
    const port = await freePort();
    const started = await start([hostEntry, azureApp, '--port', String(port)], port, '/api/hello');
    starts.push(started.milliseconds);
    await stop(started.child);
  }

  // The two take turns, so that what else the machine does meets both alike.
  const azure: number[] = [];
  const google: number[] = [];
  let failures = 0;
  for (let i = 0; i < 3; i += 1) {
    const ours = await measure(
      (port) => [hostEntry, azureApp, '--port', String(port), '--quiet'],
      '/api/hello',
    );
    const theirs = await measure((port) => [googleServer, String(port)], '/');
    azure.push(ours.requestsPerSecond);
    google.push(theirs.requestsPerSecond);
    failures += ours.failures + theirs.failures;
  }
  if (failures > 0) throw new Error(`${failures} requests failed`);
  return [
    toFigure({
      figure: 'azure-host: process start to first 200',
      value: median(starts) / 1000,
      must: 0.4,
      aim: 0.25,
      unit: 's',
      digits: 3,
      note: `built bundle, median of ${starts.length}, best ${(Math.min(...starts) / 1000).toFixed(3)} s`,
    }),
    toFigure({
      figure: 'azure-host: requests/s against functions-framework',
      value: median(azure) / median(google),
      must: 1,
      aim: 2,
      unit: '×',
      better: 'higher',
      digits: 2,
      note: `${median(azure).toFixed(0)} and ${median(google).toFixed(0)} requests/s`,
    }),
  ];
}

/** A host as `tricloud azure-host` starts it, around one function of plain `@azure/functions`. */
function writeAzureApp(): string {
  const folder = join(scratch, 'azure-hello');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "main": "index.js" }');
  writeFileSync(
    join(folder, 'index.js'),
    `const { app } = require('@azure/functions');
app.http('hello', { methods: ['GET'], authLevel: 'anonymous', handler: async () => ({ body: '${body}' }) });`,
  );
  return folder;
}

/** The framework's own server; its command line would listen on every interface. */
function writeGoogleServer(): string {
  const folder = join(scratch, 'google-hello');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'server.cjs');
  writeFileSync(
    file,
    `const framework = require('@google-cloud/functions-framework');
const { getTestServer } = require('@google-cloud/functions-framework/testing');
framework.http('hello', (request, response) => response.send('${body}'));
getTestServer('hello').listen(Number(process.argv[2]), '127.0.0.1');`,
  );
  return file;
}

async function measure(
  args: (port: number) => readonly string[],
  path: string,
): Promise<{ readonly requestsPerSecond: number; readonly failures: number }> {
  const port = await freePort();
  const { child } = await start(args(port), port, path);
  try {
    const run = { port, path, body, connections: 16 };
    await load({ ...run, milliseconds: 700 });
    return await load({ ...run, milliseconds: 2000 });
  } finally {
    await stop(child);
  }
}

async function start(
  args: readonly string[],
  port: number,
  path: string,
): Promise<{ readonly child: ChildProcess; readonly milliseconds: number }> {
  const startedAt = performance.now();
  const child = endingWithThis(spawn(process.execPath, args, { stdio: 'ignore' }));
  while (!(await answers(port, path))) {
    if (performance.now() - startedAt > mostMs || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error(`${args[0]} did not answer`);
    }
  }
  return { child, milliseconds: performance.now() - startedAt };
}

async function answers(port: number, path: string): Promise<boolean> {
  try {
    const { requestsPerSecond } = await load({ port, path, body, connections: 1, milliseconds: 0 });
    return requestsPerSecond > 0;
  } catch {
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
