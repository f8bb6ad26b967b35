import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createHttpClient,
  HttpError,
  type HttpRequest,
  readRetryAfter,
} from '../../src/engine/http-client.ts';
import { redactor } from '../../src/engine/redact.ts';
import { transportProblem } from '../../src/engine/transport-error.ts';
import { portOf } from '../azure/port-of.ts';
import { virtualTiming } from '../timing.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let origin: string;
let received: string[];
let answers: Answer[];
const ok: Answer = (_request, response) => response.end('{"ok":true}');
const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (_request, response) =>
    response.writeHead(code, headers).end(body);
const drop: Answer = (request) => request.socket.destroy();

beforeEach(async () => {
  received = [];
  answers = [];
  server = createServer((request, response) => {
    received.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
    (answers.shift() ?? ok)(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${portOf(server)}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function client(more: Partial<Parameters<typeof createHttpClient>[0]> = {}) {
  const timing = virtualTiming();
  const options = {
    env: {},
    signal: new AbortController().signal,
    timing,
    redact: redactor(),
    authorize: () => Promise.resolve({ authorization: 'Bearer t' }),
    ...more,
  };
  return { send: createHttpClient(options), waits: timing.waits };
}

const get = (path = '/'): HttpRequest => ({ call: 'Get', method: 'GET', url: `${origin}${path}` });
const post = (): HttpRequest => ({ ...get(), call: 'Create', method: 'POST', json: { a: 1 } });

function sendTo(url: string, env: Record<string, string>) {
  return client({ env }).send({
    call: 'Get',
    method: 'GET',
    url,
    timeoutMs: 2000,
    isRepeatable: false,
  });
}

describe('a request', () => {
  test('carries the credentials and gives the JSON of the answer', async () => {
    const { send } = client();
    expect(await send(get('/a'))).toMatchObject({ status: 200, json: { ok: true } });
    expect(received).toEqual(['GET /a Bearer t']);
  });

  test('says that its body is JSON, and lets its own headers stand before all others', async () => {
    let headers: IncomingMessage['headers'] = {};
    answers = [
      (request, response) => {
        headers = request.headers;
        response.end();
      },
    ];
    await client().send({ ...post(), headers: { authorization: 'Bearer own' } });
    expect(headers).toMatchObject({
      authorization: 'Bearer own',
      'content-type': 'application/json',
    });
  });

  test('is sent again after the time that the answer asks for in its own way', async () => {
    answers = [status(429)];
    const { send, waits } = client({ readRetryAfterMs: () => 11_000 });
    await send(post());
    expect(waits).toEqual([11_000]);
  });

  test('is sent again after the time that the service asks for', async () => {
    answers = [status(429, { 'retry-after': '7' }), status(503)];
    const { send, waits } = client();
    expect(await send(get())).toMatchObject({ status: 200 });
    expect(waits).toEqual([7000, 2000]);
  });

  test.each([408, 500, 502, 503, 504])('is sent again after status %s', async (code) => {
    answers = [status(code)];
    expect(await client().send(get())).toMatchObject({ status: 200 });
    expect(received).toHaveLength(2);
  });

  test('waits a minute where the service asks for it', async () => {
    answers = [status(429, { 'retry-after': '60' })];
    const { send, waits } = client();
    await send(get());
    expect(waits).toEqual([60_000]);
  });

  test('that was throttled is sent again whatever its method', async () => {
    answers = [status(429)];
    expect(await client().send(post())).toMatchObject({ status: 200 });
    expect(received).toHaveLength(2);
  });

  test.each([
    ['POST', 'refused by a server that failed', status(503)],
    ['POST', 'without an answer', drop],
    ['PATCH', 'without an answer', drop],
  ] as const)('that may have been executed is not sent again: %s %s', async (method, _, answer) => {
    answers = [answer];
    await expect(client().send({ ...post(), method })).rejects.toMatchObject({ isAmbiguous: true });
    expect(received).toHaveLength(1);
  });

  test('that may have been executed is sent again where that does no harm', async () => {
    answers = [drop, drop];
    expect(await client().send({ ...post(), isRepeatable: true })).toMatchObject({ status: 200 });
    expect(received).toHaveLength(3);
  });

  test('is sent four times at most', async () => {
    answers = Array.from({ length: 9 }, () => status(503));
    const { send, waits } = client();
    await expect(send(get())).rejects.toThrow(/^answered with status 503$/);
    expect(received).toHaveLength(4);
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  test('is not sent again where the service asks for more than a minute', async () => {
    answers = [status(429, { 'retry-after': '3600' })];
    await expect(client().send(get())).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
    expect(received).toHaveLength(1);
  });

  test('that is refused is an error with the answer, and is not sent again', async () => {
    answers = [status(403, {}, '{"error":{"code":"Forbidden"}}')];
    const error = await client()
      .send(get())
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({
      call: 'Get',
      isAmbiguous: false,
      answer: { status: 403, json: { error: { code: 'Forbidden' } } },
    });
    expect(received).toHaveLength(1);
  });

  test('whose credentials cannot be had fails as they do, and is not sent', async () => {
    let asked = 0;
    const authorize = async () => {
      asked += 1;
      throw new Error('sign in first');
    };
    await expect(client({ authorize }).send(get())).rejects.toThrow(/^sign in first$/);
    expect({ asked, received }).toEqual({ asked: 1, received: [] });
  });

  test('that is refused shows no secret that the service repeats', async () => {
    answers = [status(400, {}, '{"error":{"message":"planted-value"}}')];
    const { send } = client({ redact: redactor({ API_KEY: 'planted-value' }) });
    const error: unknown = await send(get()).catch((thrown: unknown) => thrown);
    expect(inspect(error, { depth: 9 })).toContain('[redacted]');
    expect(inspect(error, { depth: 9 })).not.toContain('planted-value');
  });

  test('gives the bytes of an answer as they are', async () => {
    answers = [(_request, response) => response.end(Buffer.from([0xff, 0x00, 0xfe]))];
    expect([...(await client().send(get())).bytes]).toEqual([0xff, 0x00, 0xfe]);
  });

  test('may accept a status that is usually an error', async () => {
    answers = [status(404)];
    expect(await client().send({ ...get(), accept: [404] })).toMatchObject({ status: 404 });
  });

  test('follows no redirect with its credentials', async () => {
    answers = [status(302, { location: `${origin}/elsewhere` })];
    await expect(client().send(get())).rejects.toThrow('answered with status 302');
    expect(received).toHaveLength(1);
  });

  test('says of a page that it is one, and shows nothing of it', async () => {
    answers = [status(400, { 'content-type': 'text/html; charset=utf-8' }, '<html>secret')];
    await expect(client().send(get())).rejects.toThrow(/^answered with status 400 \(text\/html\)$/);
  });

  test('ends when its time is over', async () => {
    answers = Array.from({ length: 9 }, (): Answer => () => undefined);
    const timing = virtualTiming({ requestMs: 20 });
    const { send } = client({ timing });
    await expect(send(post())).rejects.toThrow('no answer within 0.02 s');
  });

  test.each([get, post])('ends at once when the command is interrupted', async (request) => {
    const controller = new AbortController();
    const reason = new Error('interrupted');
    answers = [() => controller.abort(reason)];
    const sending = client({ signal: controller.signal }).send(request());
    await expect(sending).rejects.toBe(reason);
    expect(received).toHaveLength(1);
  });

  test('says why nothing could be reached, without a secret', async () => {
    const { send } = client({ redact: redactor({ API_KEY: '127.0.0.1' }) });
    server.close();
    server.closeAllConnections();
    await expect(send(post())).rejects.toThrow(/^\[redacted\]:\d+ refuses connections$/);
  });
});

test.each([
  ['fetch failed', 'fetch failed'],
  [new Error('fetch failed', { cause: new Error('a bad certificate') }), 'a bad certificate'],
  [Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
])('%o has no answer because of %j', (error, reason) => {
  expect(transportProblem(error)).toBe(reason);
});

test.each([
  [null, null],
  ['', null],
  [' ', null],
  ['7', 7000],
  ['-7', 0],
  ['Sun, 22 Nov 2026 12:00:09 GMT', 9000],
  ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
  ['soon', null],
])('Retry-After: %j asks for %j ms', (header, waitMs) => {
  expect(readRetryAfter(header, Date.parse('2026-11-22T12:00:00Z'))).toBe(waitMs);
});

describe('behind a proxy', () => {
  let proxy: Server;
  let tunnels: string[];
  let proxied: string[];
  let address: string;

  beforeEach(async () => {
    tunnels = [];
    proxied = [];
    proxy = createServer((request, response) => {
      proxied.push(request.url ?? '');
      response.end('{"by":"proxy"}');
    });
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const { port } = new URL(origin);
      const upstream = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    address = `http://127.0.0.1:${portOf(proxy)}`;
  });
  afterEach(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await once(proxy, 'close');
  });

  test.each(['HTTPS_PROXY', 'https_proxy'])('%s takes what is encrypted', async (name) => {
    // The server behind the tunnel speaks no TLS: that the tunnel was asked for is what counts.
    await sendTo('https://cloud.example/a', { [name]: address }).catch(() => undefined);
    expect(tunnels).toEqual(['cloud.example:443']);
  });

  test('the name in lower case stands before the other, as it does for curl', async () => {
    const env = { https_proxy: address, HTTPS_PROXY: 'http://127.0.0.1:9' };
    await sendTo('https://cloud.example/a', env).catch(() => undefined);
    expect(tunnels).toEqual(['cloud.example:443']);
  });

  test('HTTP_PROXY takes what is not', async () => {
    await sendTo('http://cloud.example/a', { HTTP_PROXY: address }).catch(() => undefined);
    expect([...tunnels, ...proxied].join()).toContain('cloud.example');
  });

  test.each([
    ['NO_PROXY', 'cloud.invalid'],
    ['no_proxy', 'cloud.invalid'],
    ['NO_PROXY', '*'],
    ['NO_PROXY', ' * '],
  ])('%s=%s names what is reached directly', async (name, value) => {
    const env = { HTTPS_PROXY: address, [name]: value };
    await expect(sendTo('https://cloud.invalid/a', env)).rejects.toThrow(/cloud\.invalid/);
    expect(tunnels).toEqual([]);
  });

  test.each([
    ['HTTPS_PROXY', 'http://127.0.0.1:1', 'HTTPS_PROXY 127.0.0.1:1 refuses connections'],
    ['https_proxy', 'http://127.0.0.1:1', 'https_proxy 127.0.0.1:1 refuses connections'],
    ['HTTP_PROXY', 'http://127.0.0.1:1', 'HTTP_PROXY 127.0.0.1:1 refuses connections'],
    ['HTTPS_PROXY', 'http://proxy.invalid:3128', /^HTTPS_PROXY (?:host )?proxy\.invalid/],
    ['HTTPS_PROXY', 'me:planted@proxy:1', /^HTTPS_PROXY is not a URL: \[redacted\]@proxy:1 /],
    ['HTTPS_PROXY', 'no url', /^HTTPS_PROXY is not a URL: no url /],
  ])('that fails, %s=%s is named', async (name, value, message) => {
    await expect(sendTo('https://cloud.invalid/a', { [name]: value })).rejects.toThrow(message);
  });

  test.each([403, 407])('that answers %s is named', async (code) => {
    proxy.removeAllListeners('connect');
    proxy.on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${code} No\r\n\r\n`));
    const sending = sendTo('https://cloud.invalid/a', { HTTPS_PROXY: address });
    await expect(sending).rejects.toThrow(new RegExp(`^HTTPS_PROXY answered ${code}$`));
  });

  test('that is well, a service that cannot be reached directly is named itself', async () => {
    const env = { HTTP_PROXY: address, HTTPS_PROXY: address };
    server.close();
    await once(server, 'close');
    await expect(sendTo(`${origin}/a`, env)).rejects.toThrow(
      /^127\.0\.0\.1:\d+ refuses connections$/,
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  test('an emulator on this machine is reached directly', async () => {
    const env = { HTTP_PROXY: address, HTTPS_PROXY: address };
    expect(await sendTo(`${origin}/a`, env)).toMatchObject({ json: { ok: true } });
    expect([...tunnels, ...proxied]).toEqual([]);
  });
});
