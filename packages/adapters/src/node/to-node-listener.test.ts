import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FetchHandler } from '../index.ts';
import { close, listen, rawRequest } from '../raw-http.fixture.ts';
import { toNodeListener } from './index.ts';
import { untyped } from '../untyped.fixture.ts';

let servers: Server[] = [];

async function serve(handler: FetchHandler): Promise<number> {
  const server = createServer(toNodeListener(handler));
  servers.push(server);
  return listen(server);
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
  await Promise.all(servers.map(close));
  servers = [];
  vi.restoreAllMocks();
});

const echo: FetchHandler = async (request) =>
  Response.json({
    method: request.method,
    url: request.url,
    x: request.headers.get('x-m'),
    body: Buffer.from(await request.arrayBuffer()).toString('latin1'),
  });

test.each([
  ['an ordinary target', 'GET /a%2Fb?x=1&x=2 HTTP/1.1\r\nHost: a.b:80', 'http://a.b/a%2Fb?x=1&x=2'],
  [
    'a path of two slashes',
    'GET //evil.example/x HTTP/1.1\r\nHost: a.b',
    'http://a.b//evil.example/x',
  ],
  ['the absolute form', 'GET http://c.d/x?y HTTP/1.1\r\nHost: a.b', 'http://c.d/x?y'],
  ['dots', 'GET /foo/../bar HTTP/1.1\r\nHost: a.b', 'http://a.b/bar'],
  ['a fragment is part of the target', 'GET /a#b HTTP/1.1\r\nHost: a.b', 'http://a.b/a%23b'],
  [
    'a backslash is no slash',
    'GET /\\evil.example?\\ HTTP/1.1\r\nHost: a.b',
    'http://a.b/%5Cevil.example?\\',
  ],
  [
    'forged forwarding',
    'GET / HTTP/1.1\r\nHost: a.b\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https',
    'http://a.b/',
  ],
  ['the server as a whole', 'OPTIONS * HTTP/1.1\r\nHost: a.b', 'http://a.b/'],
  ['no host at all', 'GET / HTTP/1.0', 'http://localhost/'],
])('URL of %s', async (_why, head, url) => {
  const port = await serve(echo);
  expect(JSON.parse((await rawRequest(port, head)).body.toString())).toMatchObject({ url });
});

test.each([
  ['a host that is a URL', 'GET / HTTP/1.1\r\nHost: a@evil.example', 400],
  ['a target that is no path', 'GET evil HTTP/1.1\r\nHost: a.b', 400],
  ['an absolute form with a password', 'GET http://a:b@c/ HTTP/1.1\r\nHost: a.b', 400],
  ['TRACE', 'TRACE / HTTP/1.1\r\nHost: a.b', 501],
])('refuses %s', async (_why, head, status) => {
  const port = await serve(echo);
  expect((await rawRequest(port, head)).status).toBe(status);
});

test('carries bytes, chunks and repeated headers in', async () => {
  const port = await serve(echo);
  const chunked = await rawRequest(
    port,
    'POST / HTTP/1.1\r\nHost: a.b\r\nX-M: 1\r\nX-M: 2\r\nTransfer-Encoding: chunked',
    Buffer.from('2\r\n\x00\xff\r\n1\r\nz\r\n0\r\n\r\n', 'latin1'),
  );
  expect(JSON.parse(chunked.body.toString())).toEqual({
    method: 'POST',
    url: 'http://a.b/',
    x: '1, 2',
    body: '\x00\xffz',
  });
  const expecting = await rawRequest(
    port,
    'PUT / HTTP/1.1\r\nHost: a.b\r\nContent-Length: 2\r\nExpect: 100-continue',
    Buffer.from('hi'),
  );
  expect(expecting.status).toBe(100);
});

test('tells the length of a body that is there at once, and cookies line by line', async () => {
  const port = await serve(() => {
    const response = new Response('é', {
      status: 201,
      headers: { 'content-length': '1', connection: 'x-a', 'x-a': '1' },
    });
    response.headers.append('set-cookie', 'a=1; Expires=Tue, 09 Jun 2026 10:18:14 GMT');
    response.headers.append('set-cookie', 'b=2');
    return response;
  });
  expect(await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b')).toEqual({
    status: 201,
    headers: [
      'content-type: text/plain;charset=UTF-8',
      'content-length: 2',
      'set-cookie: a=1; Expires=Tue, 09 Jun 2026 10:18:14 GMT',
      'set-cookie: b=2',
    ],
    body: Buffer.from('é'),
  });
});

test('leaves out a length that is no number of bytes', async () => {
  const body = ReadableStream.from([Buffer.from('ab'), Buffer.from('cd')]);
  const port = await serve(
    () => new Response(untyped(body), { headers: { 'content-length': '4, 4' } }),
  );
  expect(await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b')).toEqual({
    status: 200,
    headers: ['Transfer-Encoding: chunked'],
    body: Buffer.from('abcd'),
  });
});

test('answers HEAD with the headers and no body', async () => {
  const port = await serve(() => new Response('hello', { headers: { 'content-length': '5' } }));
  expect(await rawRequest(port, 'HEAD / HTTP/1.1\r\nHost: a.b')).toEqual({
    status: 200,
    headers: ['content-length: 5', 'content-type: text/plain;charset=UTF-8'],
    body: Buffer.alloc(0),
  });
});

test('sends the head while the body is still to come', async () => {
  let release: (() => void) | undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const port = await serve(
    () =>
      new Response(
        new ReadableStream({
          async start(controller) {
            await released;
            controller.enqueue(new TextEncoder().encode('late'));
            controller.close();
          },
        }),
      ),
  );
  const response = await fetch(`http://127.0.0.1:${port}/`);
  expect(response.status).toBe(200);
  release?.();
  expect(await response.text()).toBe('late');
});

test('streams more than fits in any buffer, whole', async () => {
  const chunk = new Uint8Array(65_536).fill(7);
  const port = await serve(
    () => new Response(untyped(ReadableStream.from(Array.from({ length: 64 }, () => chunk)))),
  );
  const { body } = await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b');
  expect(body.equals(Buffer.alloc(64 * 65_536, 7))).toBe(true);
});

test.each<[string, FetchHandler]>([
  [
    'throws',
    () => {
      throw new Error('secret');
    },
  ],
  [
    'fails before the first byte',
    () => new Response(new ReadableStream({ pull: (c) => c.error(new Error('secret')) })),
  ],
  [
    'gives more at first than its length',
    () =>
      new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(4)) }), {
        headers: { 'content-length': '2', 'x-secret': 'secret' },
      }),
  ],
  [
    'gives a header that no server can send',
    () =>
      untyped({
        status: 200,
        headers: new Map([
          ['x-secret', 'secret'],
          ['x-bad', '\u20ac'],
        ]),
        body: null,
        arrayBuffer: () => undefined,
      }),
  ],
  [
    'gives what is no byte',
    () =>
      new Response(untyped(ReadableStream.from(['secret', 'secret'])), {
        headers: { 'x-secret': 'secret' },
      }),
  ],
])('answers a bare 500 when the handler %s, and goes on', async (_why, fail) => {
  let calls = 0;
  const port = await serve((request, invocation) => {
    calls += 1;
    return calls === 1 ? fail(request, invocation) : new Response('ok');
  });
  const answer = await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b');
  expect(answer).toEqual({
    status: 500,
    headers: ['content-type: application/problem+json', 'content-length: 46'],
    body: Buffer.from('{"title":"Internal Server Error","status":500}'),
  });
  expect((await rawRequest(port, 'GET / HTTP/1.1\r\nHost: a.b')).status).toBe(200);
});

test.each<[string, string, ReadableStream<Uint8Array>]>([
  ['fails half way', 'x', failingAfter(3)],
  [
    'is longer than its length',
    '2',
    untyped(ReadableStream.from([Buffer.from('ab'), Buffer.from('cd')])),
  ],
])('breaks the connection off when a body %s', async (_why, length, body) => {
  const headers: Record<string, string> = length === 'x' ? {} : { 'content-length': length };
  const port = await serve(() => new Response(body, { headers }));
  await expect(
    fetch(`http://127.0.0.1:${port}/`).then((response) => response.text()),
  ).rejects.toThrow(TypeError);
});

function failingAfter(count: number): ReadableStream<Uint8Array> {
  let pulls = 0;
  return new ReadableStream({
    async pull(controller) {
      pulls += 1;
      await wait(1);
      if (pulls > count) controller.error(new Error('secret'));
      else controller.enqueue(new Uint8Array(4));
    },
  });
}

test('tells the handler and its body that the client has left', async () => {
  let onCancel: (() => void) | undefined;
  const cancelledBody = new Promise<void>((resolve) => {
    onCancel = resolve;
  });
  let signal: AbortSignal | undefined;
  const port = await serve((request) => {
    signal = request.signal;
    return new Response(
      new ReadableStream({
        async pull(controller) {
          await wait(1);
          controller.enqueue(new Uint8Array(1));
        },
        cancel: () => onCancel?.(),
      }),
    );
  });
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a.b\r\n\r\n');
  await once(socket, 'data');
  socket.destroy();
  await cancelledBody;
  expect(signal?.aborted).toBe(true);
});

test('serves the next request of a connection though a body was left unread', async () => {
  const port = await serve(async (request) => {
    await request.body?.getReader().read();
    return new Response('ok');
  });
  const socket = connect(port, '127.0.0.1');
  const big = 'x'.repeat(300_000);
  socket.write(`POST / HTTP/1.1\r\nHost: a.b\r\nContent-Length: ${big.length}\r\n\r\n${big}`);
  socket.write('GET / HTTP/1.1\r\nHost: a.b\r\nConnection: close\r\n\r\n');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(untyped(chunk));
  expect(
    Buffer.concat(chunks)
      .toString()
      .match(/HTTP\/1\.1 200 OK/g),
  ).toHaveLength(2);
});

test('keeps 300 requests at a time apart', async () => {
  const port = await serve(async (request) => {
    await wait(Math.random() * 10);
    return new Response(new URL(request.url).search);
  });
  const searches = Array.from({ length: 300 }, (_, index) => `?n=${index}`);
  const answers = await Promise.all(
    searches.map(async (search) => (await fetch(`http://127.0.0.1:${port}/${search}`)).text()),
  );
  expect(answers).toEqual(searches);
});
