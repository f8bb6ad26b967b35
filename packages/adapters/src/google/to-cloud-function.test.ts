import { http, type HttpFunction } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import type { Server } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FetchHandler, Invocation } from '../index.ts';
import { close, listen, rawRequest } from '../raw-http.fixture.ts';
import { toCloudFunction } from './index.ts';
import { untyped } from '../untyped.fixture.ts';

let servers: Server[] = [];

/** The functions framework itself, on a free port of this machine. */
async function serve(handler: FetchHandler): Promise<number> {
  const cloudFunction: HttpFunction = toCloudFunction(handler);
  http('tricloud', cloudFunction);
  const server = getTestServer('tricloud');
  servers.push(server);
  return listen(server);
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
  await Promise.all(servers.map(close));
  servers = [];
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const echo: FetchHandler = async (request) =>
  Response.json({
    method: request.method,
    url: request.url,
    headers: [...request.headers].filter(([name]) => !['host', 'connection'].includes(name)),
    body: Buffer.from(await request.arrayBuffer()).toString('latin1'),
  });

const ask = async (head: string, body?: Uint8Array) => {
  const port = await serve(echo);
  return untyped<Record<string, unknown>>(
    JSON.parse((await rawRequest(port, head, body)).body.toString()),
  );
};

test('gives the handler the target as it came, whatever Express and forwarding make of it', async () => {
  const head =
    'GET //evil.example/a%2Fb?f%5B%5D=1&f%5B%5D=x+y HTTP/1.1\r\nHost: a.b\r\nX-Forwarded-Host: c.d\r\nX-Forwarded-Proto: https\r\nX-M: 1\r\nX-M: 2';
  expect(await ask(head)).toEqual({
    method: 'GET',
    url: 'http://a.b//evil.example/a%2Fb?f%5B%5D=1&f%5B%5D=x+y',
    headers: [
      ['x-forwarded-host', 'c.d'],
      ['x-forwarded-proto', 'https'],
      ['x-m', '1, 2'],
    ],
    body: '',
  });
});

const bin = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe, 0x80, 0x0a]);
test.each([
  ['JSON that a parser has read', 'application/json', Buffer.from('{ "a" : 1.0 }')],
  ['a form', 'application/x-www-form-urlencoded', Buffer.from('a=1&a=2')],
  ['text', 'text/plain', Buffer.from('é€')],
  ['bytes', 'image/png', bin],
  ['a body without a type, which no parser reads', undefined, bin],
])('carries the bytes of %s', async (_why, type, body) => {
  const field = type === undefined ? '' : `\r\nContent-Type: ${type}`;
  const seen = await ask(
    `POST / HTTP/1.1\r\nHost: a.b\r\nContent-Length: ${body.length}${field}`,
    body,
  );
  expect(seen).toMatchObject({ body: body.toString('latin1') });
});

test.each([
  ['gzip', gzipSync('hi')],
  ['br', brotliCompressSync('hi')],
])(
  'leaves out the fields that describe a body before the framework inflated it: %s',
  async (encoding, body) => {
    const head = `POST / HTTP/1.1\r\nHost: a.b\r\nContent-Type: text/plain\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${body.length}`;
    expect(await ask(head, body)).toEqual({
      method: 'POST',
      url: 'http://a.b/',
      headers: [['content-type', 'text/plain']],
      body: 'hi',
    });
  },
);

test('an empty POST has an empty body', async () => {
  expect(await ask('POST / HTTP/1.1\r\nHost: a.b\r\nContent-Length: 0')).toMatchObject({
    body: '',
  });
});

test('sends the function’s own headers and no others', async () => {
  const port = await serve(() => {
    const response = new Response('é', { status: 202, headers: { vary: 'a', 'x-empty': '' } });
    response.headers.append('set-cookie', 'Tok=dGVzdDp0ZXN0MQ==');
    response.headers.append('set-cookie', 'b=2');
    return response;
  });
  expect(await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b')).toEqual({
    status: 202,
    headers: [
      'content-type: text/plain;charset=UTF-8',
      'vary: a',
      'x-empty: ',
      'content-length: 2',
      'set-cookie: Tok=dGVzdDp0ZXN0MQ==',
      'set-cookie: b=2',
    ],
    body: Buffer.from('é'),
  });
});

test('streams chunk by chunk', async () => {
  const chunks = Array.from({ length: 50 }, (_, index) => Buffer.alloc(20_000, index));
  const port = await serve(() => new Response(untyped(ReadableStream.from(chunks))));
  const { body } = await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b');
  expect(body.equals(Buffer.concat(chunks))).toBe(true);
});

test.each<[string, () => unknown]>([
  [
    'throws',
    () => {
      throw new Error('secret');
    },
  ],
  ['rejects', () => Promise.reject(new Error('secret'))],
  ['returns nothing', () => undefined],
  ['returns a value', () => 'secret'],
])('answers a bare 500 when the handler %s, and goes on', async (_why, fail) => {
  let calls = 0;
  const port = await serve(
    untyped(() => {
      calls += 1;
      return calls === 1 ? fail() : new Response('ok');
    }),
  );
  expect(await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b')).toEqual({
    status: 500,
    headers: ['content-type: application/problem+json', 'content-length: 46'],
    body: Buffer.from('{"title":"Internal Server Error","status":500}'),
  });
  expect((await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b')).status).toBe(200);
  expect(console.error).toHaveBeenCalled();
});

test('refuses a hostile host with 400', async () => {
  const port = await serve(echo);
  expect((await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a@b')).status).toBe(400);
});

test('is https on Cloud Run, where Google ends TLS in front', async () => {
  vi.stubEnv('K_SERVICE', 'tricloud');
  expect(await ask('GET / HTTP/1.1\r\nHost: a.run.app')).toMatchObject({
    url: 'https://a.run.app/',
  });
  expect(await ask('GET / HTTP/1.1\r\nHost: localhost:4002')).toMatchObject({
    url: 'http://localhost:4002/',
  });
});

test('tells the handler who calls, and which call is the first', async () => {
  vi.stubEnv('K_SERVICE', 'tricloud');
  vi.stubEnv('FUNCTION_REGION', 'europe-west1');
  vi.stubEnv('CLOUD_RUN_TIMEOUT_SECONDS', '60');
  const told: Invocation[] = [];
  const port = await serve((_request, invocation) => {
    told.push(invocation);
    return new Response();
  });
  await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b\r\nFunction-Execution-Id: e1');
  await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b\r\nX-Cloud-Trace-Context: t1/7;o=1');
  const expected = {
    provider: 'google',
    functionName: 'tricloud',
    region: 'europe-west1',
    runtime: `nodejs${process.versions.node.split('.')[0]}`,
    memoryMiB: null,
    remainingMs: expect.any(Function),
  };
  expect(told).toEqual([
    { ...expected, id: 'e1', coldStart: true },
    { ...expected, id: 't1', coldStart: false },
  ]);
  expect(told[0]?.remainingMs()).toBeLessThanOrEqual(60_000);
});

test.each([
  { set: {}, region: 'local', memoryMiB: null, why: 'Cloud Run says neither to an instance' },
  {
    set: { FUNCTION_REGION: 'asia-east1', FUNCTION_MEMORY_MB: '256' },
    region: 'asia-east1',
    memoryMiB: 256,
    why: 'the first generation said both',
  },
  {
    set: { TRICLOUD_REGION: 'us-central1', TRICLOUD_MEMORY_MIB: '512' },
    region: 'us-central1',
    memoryMiB: 512,
    why: 'the deployment says what the platform does not',
  },
])('has $memoryMiB MiB in $region: $why', async ({ set, region, memoryMiB }) => {
  for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value);
  const told: Invocation[] = [];
  const port = await serve((_request, invocation) => {
    told.push(invocation);
    return new Response();
  });
  await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b');
  expect(told).toMatchObject([{ region, memoryMiB }]);
});
