import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { httpSend, runCases } from '@tricloud/parity';
import { startWatchdog } from '@tricloud/supervisor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AwsOptions, startAws } from '../src/aws/runtime.ts';
import { listen } from '../src/front.ts';
import { buildAppInto } from '@tricloud/build';
import type { Metered } from '../src/runtime.ts';
import { appsDir } from './app-dirs.ts';
import { patience, textOf } from './cloud.ts';

const nativeClient = fileURLToPath(new URL('fixtures/native-client.cjs', import.meta.url));
const handlers = `
import { setTimeout as sleep } from 'node:timers/promises';
const answer = (value) => ({ statusCode: 200, headers: { 'content-type': 'text/plain' }, body: String(value) });
export const runtime = () => answer(process.env.AWS_EXECUTION_ENV);
export const answers = (event, context, callback) => {
  if (event.rawPath === '/at-once') context.callbackWaitsForEmptyEventLoop = false;
  if (event.rawPath === '/fails') return callback(new Error('by callback'));
  if (event.rawPath === '/twice') callback(null, answer('first'));
  setTimeout(() => { globalThis.later = (globalThis.later ?? 0) + 1; }, 150);
  callback(null, answer('called back'));
};
export const silent = (event, context, callback) => undefined;
export const streams = awslambda.streamifyResponse(async (event, stream, context) => {
  if (event.rawPath === '/before') throw new Error('before the first byte');
  const http = awslambda.HttpResponseStream.from(stream, {
    statusCode: 203, headers: { 'content-type': 'text/plain' }, cookies: ['a=1', 'b=2'],
  });
  http.write('one ');
  await sleep(30);
  if (event.rawPath === '/after') throw new Error('after the first byte');
  http.write('two');
  http.end();
});
export const raw = awslambda.streamifyResponse(async (event, stream) => {
  stream.setContentType('text/x-raw');
  stream.end('raw');
});
export const tells = async (event, context) => answer(JSON.stringify({
  event, left: context.getRemainingTimeInMillis() > 0, arn: context.invokedFunctionArn, id: context.awsRequestId.length,
}));
export const text = async () => 'just text';
export const nonsense = async () => ({ statusCode: 'high', body: 'x' });
export const splits = async () => ({ statusCode: 200, headers: { 'x-a': 'b\\r\\nx-evil: 1' }, body: '' });
`;

let dir = '';
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  dir = await realpath(await mkdtemp(path.join(tmpdir(), 'lambda-runtime-')));
  await writeFile(path.join(dir, 'index.mjs'), handlers);
  await writeFile(path.join(dir, 'package.json'), '{"type":"module"}');
});
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
  await rm(dir, { recursive: true });
});

async function start(options: Partial<AwsOptions> = {}) {
  const records: Metered[] = [];
  const watchdog = startWatchdog();
  const front = await listen(0, '--port-aws', (request, response) =>
    aws.listener(request, response),
  );
  const aws = startAws({
    appDir: dir,
    port: front.port,
    memoryMiB: 256,
    timeoutMs: 5000,
    nodePath: process.execPath,
    execArgv: () => [],
    env: {},
    watchdog,
    hasStandby: false,
    maxInstances: 1,
    onRecord: (record) => records.push(record),
    onLog: () => undefined,
    onExit: () => undefined,
    ...options,
  });
  closing.push(async () => {
    await Promise.all([aws.close(), front.close()]);
    watchdog.close();
  });
  const instances = () => aws.instances();
  return { url: front.url, records, instances, failure: await aws.ready };
}

/** An entry whose `handler` is another export of the module above. */
async function withHandler(name: string, options: Partial<AwsOptions> = {}) {
  const appDir = path.join(dir, name);
  await mkdir(appDir, { recursive: true });
  await writeFile(
    path.join(appDir, 'index.mjs'),
    `export { ${name} as handler } from '../index.mjs';`,
  );
  return start({ appDir, ...options });
}

const get = async (url: string) => {
  const answer = await fetch(url);
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    body: await answer.text(),
  };
};

describe('a handler with a callback', () => {
  test.each([
    ['/waits', 200, 'called back', 'it answers when nothing is left to do'],
    ['/at-once', 200, 'called back', 'it said not to wait'],
    ['/twice', 200, 'first', 'the first call counts'],
    ['/fails', 500, '{"message":"Internal Server Error"}', 'an error is a failed invocation'],
  ])('answers %s with %d %s: %s', async (target, status, body, _why) => {
    const { url } = await withHandler('answers');
    expect(await get(url + target)).toMatchObject({ status, body });
  });

  test('that never calls it answers null', async () => {
    const { url } = await withHandler('silent');
    expect(await get(url)).toEqual({ status: 200, type: 'application/json', body: 'null' });
  });
});

describe('a streaming handler', () => {
  test('sends status, headers and cookies before its first byte', async () => {
    const { url } = await withHandler('streams');
    const answer = await fetch(url);
    expect({
      status: answer.status,
      cookies: answer.headers.getSetCookie(),
      body: await answer.text(),
    }).toEqual({ status: 203, cookies: ['a=1', 'b=2'], body: 'one two' });
  });

  test('that fails before its first byte is a 500', async () => {
    const { url } = await withHandler('streams');
    expect((await get(`${url}/before`)).status).toBe(500);
  });

  test('that fails after it is cut, so that nobody takes the part for the whole', async () => {
    const { url } = await withHandler('streams');
    await expect(textOf(`${url}/after`)).rejects.toThrow('terminated');
    expect((await get(url)).status).toBe(203);
  });

  test('without status and headers is 200 with its content type', async () => {
    const { url } = await withHandler('raw');
    expect(await get(url)).toEqual({ status: 200, type: 'text/x-raw', body: 'raw' });
  });
});

describe('a result', () => {
  test('that is text is the body, as JSON', async () => {
    const { url } = await withHandler('text');
    expect(await get(url)).toEqual({ status: 200, type: 'application/json', body: 'just text' });
  });

  test.each([
    ['nonsense', 'its status is no number'],
    ['splits', 'a header would split the response'],
  ])('of %s is a 500: %s', async (name, _why) => {
    const { url, records } = await withHandler(name);
    expect((await get(url)).body).toBe('{"message":"Internal Server Error"}');
    expect(records.at(-1)).toMatchObject({ status: 500, error: expect.any(String) });
  });

  test('knows its event and its context', async () => {
    const { url } = await withHandler('tells');
    expect(JSON.parse(await textOf(`${url}/a%20b?x=1&x=2`))).toMatchObject({
      event: {
        version: '2.0',
        rawPath: '/a%20b',
        rawQueryString: 'x=1&x=2',
        queryStringParameters: { x: '1,2' },
        requestContext: { stage: '$default', http: { method: 'GET' } },
        isBase64Encoded: false,
      },
      left: true,
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:tricloud',
      id: 36,
    });
  });
});

test('the gateway gives up before the function, with 503, and says so in the record', async () => {
  const { url, records } = await withHandler('answers', { gatewayTimeoutMs: 50 });
  expect(await get(`${url}/waits`)).toMatchObject({
    status: 503,
    body: '{"message":"Service Unavailable"}',
  });
  await expect.poll(() => records.length, { timeout: 5000 }).toBe(1);
  expect(records[0]).toMatchObject({ status: 503 });
});

test('instances that were started for a crowd end when it is gone, but for one', async () => {
  const { url, instances } = await withHandler('answers', { maxInstances: 3, idleMs: 1000 });
  const crowd = Promise.all(Array.from({ length: 30 }, () => get(`${url}/waits`)));
  await expect.poll(instances, patience).toBeGreaterThan(1);
  await crowd;
  await expect.poll(instances, patience).toBe(1);
  expect((await get(`${url}/at-once`)).status).toBe(200);
});

test('the function reads the runtime of the Node that runs it', async () => {
  const { url } = await withHandler('runtime', { nodeVersion: '24.22.3' });
  expect(await get(url)).toMatchObject({ body: 'AWS_Lambda_nodejs24.x' });
});

test('a runtime that cannot find its handler fails the invocation, not the front', async () => {
  const appDir = path.join(dir, 'empty');
  await mkdir(appDir, { recursive: true });
  const { url, failure } = await start({ appDir });
  expect(failure).toContain("Cannot find module 'index'");
  expect((await get(url)).status).toBe(500);
});

/**
 * The client as it is published. It is no dependency: its package asks for Node 22, which `npm ci` would warn of, and
 * brings 52 others that build the native addon.
 */
async function unpackRuntimeClient(version: string): Promise<string> {
  const args = ['pack', `aws-lambda-ric@${version}`, '--pack-destination', dir, '--silent'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: dir });
  await promisify(execFile)('tar', ['-xzf', stdout.trim()], { cwd: dir });
  const ric = path.join(dir, 'ric');
  await mkdir(ric);
  await copyFile(path.join(dir, 'package', 'index.mjs'), path.join(ric, 'index.mjs'));
  await writeFile(path.join(ric, 'rapid-client.node'), '');
  return ric;
}

test('aws-lambda-ric itself, but for its native HTTP client, passes every parity case', async () => {
  const ric = await unpackRuntimeClient('4.0.2');
  const appDir = path.join(dir, 'probe');
  const functionFile = fileURLToPath(new URL('../../parity/src/probe.ts', import.meta.url));
  await buildAppInto(appDir, { provider: 'aws', appsDir, functionFile });
  const { url, failure } = await start({
    appDir,
    maxInstances: 4,
    timeoutMs: 29_000,
    execArgv: () => ['--require', nativeClient],
    program: { entry: path.join(ric, 'index.mjs'), args: ['index.handler'] },
  });
  expect(failure).toBeUndefined();
  const results = await runCases({ provider: 'aws', place: 'local', send: httpSend(url) });
  expect(results.filter((result) => result.status === 'failed')).toEqual([]);
  expect(results.length).toBeGreaterThan(40);
}, 120_000);
