import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FetchHandler, Invocation } from '../index.ts';
import {
  albEvent,
  functionUrlEvent,
  httpApiEvent,
  lambdaContext,
  restEvent,
} from './events.fixture.ts';
import { toLambda } from './index.ts';
import { untyped } from '../untyped.fixture.ts';

const refused = {
  statusCode: 400,
  headers: { 'content-type': 'application/problem+json' },
  body: '{"title":"Bad Request","status":400}',
  isBase64Encoded: false,
};
const failed = {
  statusCode: 500,
  headers: { 'content-type': 'application/problem+json' },
  body: '{"title":"Internal Server Error","status":500}',
  isBase64Encoded: false,
};

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

async function see(event: unknown): Promise<Seen> {
  let seen: Seen | undefined;
  const result = await toLambda(async (request) => {
    const body = new Uint8Array(await request.arrayBuffer());
    const headers = Object.fromEntries(request.headers);
    seen = { method: request.method, url: request.url, headers, body };
    return new Response();
  })(event, lambdaContext);
  if (seen === undefined) throw new Error(`refused: ${JSON.stringify(result)}`);
  return seen;
}

const answer = (event: unknown, handler: FetchHandler) => toLambda(handler)(event, lambdaContext);

const stage = (name: string) => ({ ...httpApiEvent().requestContext, stage: name });
const head = {
  ...httpApiEvent().requestContext,
  http: { ...httpApiEvent().requestContext.http, method: 'HEAD' },
};
const custom = (name: string) => ({
  ...restEvent().requestContext,
  domainName: 'api.example.com',
  stage: name,
});

describe('the request', () => {
  test('of an HTTP API is the raw path, the raw query and the cookies', async () => {
    expect(await see(httpApiEvent())).toEqual({
      method: 'GET',
      url: 'https://api123.execute-api.eu-west-1.amazonaws.com/notes?a=1&a=2&b=3',
      headers: {
        accept: 'text/html,application/xhtml+xml',
        cookie: 'a=1; b=2',
        host: 'api123.execute-api.eu-west-1.amazonaws.com',
        'x-forwarded-for': '192.0.2.7',
        'x-forwarded-port': '443',
        'x-forwarded-proto': 'https',
      },
      body: new Uint8Array(),
    });
  });

  test('of a function URL has its cookies once', async () => {
    expect((await see(functionUrlEvent())).headers['cookie']).toBe('a=1; b=2');
  });

  test('of a REST API has its query encoded again and every value of a header', async () => {
    const seen = await see(restEvent());
    expect(seen.url).toBe(
      'https://api123.execute-api.eu-west-1.amazonaws.com/notes?a=1&a=2&b=c%26d%3De%2Bf',
    );
    expect(seen.headers).toEqual({
      accept: '*/*',
      host: 'api123.execute-api.eu-west-1.amazonaws.com',
      'x-m': '1, 2',
    });
  });

  test.each([
    ['single', 'https://lb.example.com/notes?q=a%20b%26c&empty=', '1'],
    ['multi', 'https://lb.example.com/notes?q=a%20b%26c&q=d&empty=', '1, 2'],
  ] as const)('of a load balancer in %s-value form is not encoded twice', async (form, url, xm) => {
    const seen = await see(albEvent(form));
    expect(seen.url).toBe(url);
    expect(seen.headers['x-m']).toBe(xm);
  });

  test.each([
    [
      'a named stage of an HTTP API',
      httpApiEvent({ rawPath: '/dev/notes', requestContext: stage('dev') }),
      '/notes',
    ],
    ['the root of a stage', httpApiEvent({ rawPath: '/dev', requestContext: stage('dev') }), '/'],
    [
      'a stage is taken off once',
      httpApiEvent({ rawPath: '/dev/dev/x', requestContext: stage('dev') }),
      '/dev/x',
    ],
    [
      'a longer word is no stage',
      httpApiEvent({ rawPath: '/developers', requestContext: stage('dev') }),
      '/developers',
    ],
    ['$default is in no path', httpApiEvent({ rawPath: '/$default/x' }), '/$default/x'],
    [
      'an HTTP API in format 1.0',
      { ...restEvent({ path: '/dev/notes' }), version: '1.0' },
      '/notes',
    ],
    ['a REST API has no stage in path', restEvent({ path: '/dev/notes' }), '/dev/notes'],
    [
      'a custom domain’s base path',
      restEvent({ path: '/v1/notes', requestContext: custom('dev') }),
      '/notes',
    ],
    [
      'a custom domain’s event with rawPath as well',
      { ...restEvent({ path: '/v1/notes', requestContext: custom('dev') }), rawPath: '/v1/notes' },
      '/notes',
    ],
    [
      'a base path before a fixed resource',
      restEvent({
        path: '/v1/a/notes',
        resource: '/notes',
        pathParameters: null,
        requestContext: custom('dev'),
      }),
      '/notes',
    ],
    [
      'an encoded parameter behind a base path',
      restEvent({
        path: '/v1/a%20b',
        pathParameters: { proxy: 'a b' },
        requestContext: custom('dev'),
      }),
      '/a%20b',
    ],
    [
      'an encoded slash and percent behind a base path',
      restEvent({
        path: '/v1/a%2Fb/100%2525',
        pathParameters: { proxy: 'a/b/100%25' },
        requestContext: custom('dev'),
      }),
      '/a%2Fb/100%2525',
    ],
    [
      'a base path of two levels before the root',
      restEvent({ path: '/shop/v1', resource: '/', requestContext: custom('dev') }),
      '/',
    ],
    [
      'a base path before the root, with a slash at the end',
      restEvent({ path: '/v1/', resource: '/', requestContext: custom('dev') }),
      '/',
    ],
    [
      'a custom domain without a base path',
      restEvent({
        path: '/v1/notes',
        pathParameters: { proxy: 'v1/notes' },
        requestContext: custom('dev'),
      }),
      '/v1/notes',
    ],
    [
      'a double slash stays in the path',
      httpApiEvent({ rawPath: '//evil.example/x' }),
      '//evil.example/x',
    ],
    ['a decoded ? and #', restEvent({ path: '/a?b#c', pathParameters: null }), '/a%3Fb%23c'],
    ['a decoded blank and percent', httpApiEvent({ rawPath: '/100% sure ' }), '/100%25%20sure%20'],
    ['an encoded path', httpApiEvent({ rawPath: '/a%2Fb/100%2525' }), '/a%2Fb/100%2525'],
    ['a decoded backslash and control', httpApiEvent({ rawPath: '/a\\b\tc' }), '/a%5Cb%09c'],
    ['dots', httpApiEvent({ rawPath: '/foo/../bar/baz' }), '/bar/baz'],
    ['no path', httpApiEvent({ rawPath: '' }), '/'],
  ])('path: %s', async (_why, event, path) => {
    const url = new URL((await see(event)).url);
    expect(url.pathname).toBe(path);
    expect(url.host).not.toBe('evil.example');
  });

  test.each([
    [
      'forged forwarding headers',
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
    ],
    ['a forged Host', { host: 'evil.example' }],
    ['a Host with a path', { host: 'evil.example/x?' }],
  ])('keeps its origin: %s', async (_why, headers) => {
    const seen = await see(httpApiEvent({ headers }));
    expect(new URL(seen.url).origin).toBe('https://api123.execute-api.eu-west-1.amazonaws.com');
  });

  test.each([
    ['null in both forms of headers', { ...restEvent(), headers: null, multiValueHeaders: null }],
    ['no request context', { ...restEvent(), requestContext: undefined }],
    ['format 2.0 without request context', { version: '2.0', rawPath: '/', headers: {} }],
    ['a health check without headers', albEvent('single', { headers: {} })],
    ['nothing but method and path', { httpMethod: 'get', path: '/' }],
    ['nothing but the raw path', { rawPath: '/' }],
    ['format 2.0 with an empty request context', { ...httpApiEvent(), requestContext: {} }],
    ['a health check with an empty host', albEvent('single', { headers: { host: '' } })],
  ])('is read from an incomplete event: %s', async (_why, event) => {
    expect((await see(event)).method).toBe('GET');
  });

  test('keeps a query up to its last character', async () => {
    const seen = await see(httpApiEvent({ rawQueryString: 'a=\n&b=1#2 \0' }));
    expect([...new URL(seen.url).searchParams]).toEqual([
      ['a', '\n'],
      ['b', '1#2 \0'],
    ]);
  });

  test('carries bodies byte for byte, in base64 or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1 }), async (bytes) => {
        const body = Buffer.from(bytes).toString('base64');
        const event = restEvent({ httpMethod: 'POST', body, isBase64Encoded: true });
        expect((await see(event)).body).toEqual(new Uint8Array(bytes));
      }),
      { numRuns: 50 },
    );
    const text = restEvent({ httpMethod: 'PUT', body: '\uFEFF{ "é" : 1.0 }' });
    const seen = await see(text);
    expect(Buffer.from(seen.body).toString()).toBe('\uFEFF{ "é" : 1.0 }');
    expect(seen.headers['content-type']).toBeUndefined();
  });

  test('of GET and HEAD has no body', async () => {
    expect((await see(restEvent({ body: 'x' }))).body).toEqual(new Uint8Array());
  });

  test('has a header beyond Latin-1 as the bytes it was sent as', async () => {
    const seen = await see(httpApiEvent({ headers: { 'x-name': '日' }, cookies: [] }));
    expect(Buffer.from(seen.headers['x-name'] ?? '', 'latin1').toString()).toBe('日');
  });

  test('keeps every pair of a decoded query', async () => {
    const text = fc.string({ unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(text, fc.array(text, { minLength: 1 })), async (query) => {
        const seen = await see(
          restEvent({ multiValueQueryStringParameters: query, queryStringParameters: {} }),
        );
        const pairs = Object.keys(query).flatMap((name) =>
          (query[name] ?? []).map((v) => [name, v]),
        );
        expect([...new URL(seen.url).searchParams]).toEqual(pairs);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a hostile event', () => {
  const post = { httpMethod: 'POST' };
  test.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a string', 'GET /'],
    ['an array', [httpApiEvent()]],
    ['an S3 notification', { Records: [{ eventSource: 'aws:s3' }] }],
    ['a schedule', { source: 'aws.events', 'detail-type': 'Scheduled Event' }],
    ['a method that is no token', restEvent({ httpMethod: 'GE T' })],
    ['a path without a slash', restEvent({ path: 'evil.example' })],
    ['a path that is no string', { ...restEvent(), path: 7 }],
    ['headers that are a list', { ...httpApiEvent(), headers: ['a'] }],
    ['a header that is a number', { ...httpApiEvent(), headers: { a: 1 } }],
    ['a header with a line break', httpApiEvent({ headers: { a: 'b\r\nset-cookie: c' } })],
    ['a header name with a blank', httpApiEvent({ headers: { 'a b': 'c' } })],
    ['cookies that are numbers', { ...httpApiEvent(), cookies: [1] }],
    ['a body that is an object', { ...restEvent(post), body: {} }],
    ['cookies that are no list', { ...httpApiEvent(), cookies: 'a=1' }],
    ['a body that is not base64', restEvent({ ...post, body: '%%%', isBase64Encoded: true })],
    ['a body of one digit of base64', restEvent({ ...post, body: 'x', isBase64Encoded: true })],
    ['a body padded too far', restEvent({ ...post, body: 'aGk==', isBase64Encoded: true })],
    [
      'an encoding that is no yes or no',
      { ...restEvent(post), body: 'x', isBase64Encoded: 'true' },
    ],
    ['a host that is a URL', albEvent('single', { headers: { host: 'a@evil.example/' } })],
    ['a host that cannot be', albEvent('single', { headers: { host: '1.2.3.999' } })],
    [
      'a lone surrogate in the query',
      restEvent({ multiValueQueryStringParameters: { a: ['\uD800'] } }),
    ],
  ])('is answered 400: %s', async (_why, event) => {
    const handler = vi.fn<FetchHandler>(() => new Response());
    const { statusCode, body } = await toLambda(handler)(event, lambdaContext);
    expect({ statusCode, body }).toEqual({ statusCode: 400, body: refused.body });
    expect(handler).not.toHaveBeenCalled();
  });

  test('with a method that Request forbids is answered 501', async () => {
    const result = await answer(restEvent({ httpMethod: 'TRACE' }), () => new Response());
    expect(result).toEqual({
      ...refused,
      statusCode: 501,
      body: '{"title":"Not Implemented","status":501}',
    });
  });

  test('with getters that throw is answered 400', async () => {
    const event = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    expect(await answer(event, () => new Response())).toEqual(refused);
  });

  test('of any JSON, and with any context, never throws', async () => {
    const handler = toLambda(() => new Response('ok'));
    const loose = fc.oneof(fc.jsonValue(), fc.string(), fc.constant(undefined));
    const hostile = fc.record(
      {
        version: fc.constantFrom('1.0', '2.0', 3, null),
        httpMethod: loose,
        rawPath: loose,
        path: loose,
        rawQueryString: loose,
        headers: loose,
        multiValueHeaders: loose,
        queryStringParameters: loose,
        multiValueQueryStringParameters: loose,
        cookies: loose,
        body: loose,
        isBase64Encoded: fc.constantFrom(true, false, 'yes'),
        requestContext: fc.oneof(
          loose,
          fc.record({ http: fc.record({ method: loose }), stage: loose, domainName: loose }),
          fc.record({ elb: loose }),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.anything(), fc.jsonValue(), hostile),
        fc.anything(),
        async (event, context) => {
          const result = await handler(event, untyped(context));
          expect([200, 400, 501]).toContain(result.statusCode);
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('with prototype keys is an ordinary one', async () => {
    const headers = untyped<Record<string, string>>(
      JSON.parse('{"__proto__":"x","constructor":"y"}'),
    );
    const seen: [string, string][] = [];
    await answer(httpApiEvent({ headers, cookies: [] }), (request) => {
      seen.push(...request.headers);
      return new Response();
    });
    expect(seen).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.prototype).not.toHaveProperty('x');
  });
});

const cookies = ['a=1; Expires=Tue, 09 Jun 2026 10:18:14 GMT', 'Tok=dGVzdDp0ZXN0MQ=='];
const withCookies: FetchHandler = () => {
  const response = new Response('hi', {
    status: 201,
    headers: { 'content-type': 'text/plain', vary: 'a' },
  });
  response.headers.append('vary', 'b');
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
};

describe('the result', () => {
  const rest = { statusCode: 201, body: 'hi', isBase64Encoded: false };
  const joined = { 'content-type': 'text/plain', vary: 'a, b' };
  test.each([
    ['format 2.0 has cookies', httpApiEvent(), { ...rest, headers: joined, cookies }],
    [
      'format 1.0 has multiValueHeaders',
      restEvent(),
      { ...rest, headers: joined, multiValueHeaders: { 'set-cookie': cookies } },
    ],
    [
      'a load balancer in multi-value form is answered in it',
      albEvent('multi'),
      {
        ...rest,
        statusDescription: '201 Created',
        multiValueHeaders: {
          'content-type': ['text/plain'],
          vary: ['a, b'],
          'set-cookie': cookies,
        },
      },
    ],
    [
      'a load balancer in single-value form has one name a cookie',
      albEvent('single'),
      {
        ...rest,
        statusDescription: '201 Created',
        headers: { ...joined, 'set-cookie': cookies[0], 'Set-cookie': cookies[1] },
      },
    ],
  ])('%s', async (_why, event, expected) => {
    expect(await answer(event, withCookies)).toEqual(expected);
  });

  test.each([
    ['NUL, six characters each', 0x00, true],
    ['quotes, two characters each', 0x22, true],
    ['line feeds, two characters each', 0x0a, true],
    ['letters', 0x61, false],
  ])(
    'a large body is base64 where JSON would make its text longer: %s',
    async (_why, byte, isBase64) => {
      const bytes = Buffer.alloc(4_400_000, byte);
      const result = await answer(httpApiEvent(), () => new Response(bytes));
      expect(result.isBase64Encoded).toBe(isBase64);
      expect(JSON.stringify(result).length).toBeLessThan(6_291_556);
      expect(Buffer.from(result.body, isBase64 ? 'base64' : 'utf8').equals(bytes)).toBe(true);
    },
  );

  test('a small body is base64 exactly where the bytes are no UTF-8, and the bytes come back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array(),
          fc.string({ unit: 'binary' }).map((s) => new TextEncoder().encode(s)),
        ),
        async (bytes) => {
          const { body, isBase64Encoded } = await answer(
            httpApiEvent(),
            () => new Response(new Uint8Array(bytes)),
          );
          expect(Uint8Array.from(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'))).toEqual(
            new Uint8Array(bytes),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    [
      'gzip',
      gzipSync('<p>é</p>'),
      { 'content-type': 'text/html', 'content-encoding': 'gzip' },
      true,
    ],
    [
      'text under a binary type',
      Buffer.from('é'),
      { 'content-type': 'application/octet-stream' },
      false,
    ],
    [
      'bytes under a textual type',
      Buffer.from([0xff, 0xfe]),
      { 'content-type': 'text/plain' },
      true,
    ],
    ['bytes without a type', Buffer.from([0x89, 0x50]), {}, true],
  ])('goes by the bytes, not by the content type: %s', async (_why, body, headers, isBase64) => {
    const result = await answer(
      httpApiEvent(),
      () => new Response(new Uint8Array(body), { headers: { ...headers } }),
    );
    expect(result).toEqual({
      statusCode: 200,
      headers,
      body: body.toString(isBase64 ? 'base64' : 'utf8'),
      isBase64Encoded: isBase64,
    });
  });

  test('keeps a byte order mark and joins a character split over two chunks', async () => {
    const parts = [Buffer.from([0xef, 0xbb, 0xbf, 0xe2]), Buffer.from([0x82, 0xac])];
    const result = await answer(
      httpApiEvent(),
      () =>
        new Response(
          new ReadableStream({
            start(controller) {
              for (const part of parts) controller.enqueue(part);
              controller.close();
            },
          }),
        ),
    );
    expect(result).toEqual({
      statusCode: 200,
      headers: {},
      body: '\uFEFF€',
      isBase64Encoded: false,
    });
  });

  test.each([204, 205, 304])('of status %i has no body and keeps its headers', async (status) => {
    const result = await answer(
      restEvent(),
      () => new Response(null, { status, headers: { etag: '"a"' } }),
    );
    expect(result).toEqual({
      statusCode: status,
      headers: { etag: '"a"' },
      body: '',
      isBase64Encoded: false,
    });
  });

  test('has no fields of one connection, and no length that is not the body’s', async () => {
    const headers = {
      connection: 'close, X-Once',
      'content-length': '99',
      'keep-alive': 'timeout=5',
      'transfer-encoding': 'chunked',
      'x-empty': '',
      'x-once': '1',
    };
    const result = await answer(restEvent(), () => new Response('hi', { headers }));
    expect(result.headers).toEqual({ 'content-type': 'text/plain;charset=UTF-8', 'x-empty': '' });
  });

  test('of HEAD has the headers of GET and no body', async () => {
    const event = restEvent({ httpMethod: 'HEAD' });
    const result = await answer(
      event,
      () => new Response('hi', { headers: { 'content-length': '2' } }),
    );
    expect(result).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/plain;charset=UTF-8', 'content-length': '2' },
      body: '',
      isBase64Encoded: false,
    });
  });
});

const read = async () => {
  const response = new Response('x');
  await response.text();
  return response;
};
const failing = () =>
  new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('secret')) }));

describe('a handler', () => {
  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('secret');
      },
    ],
    ['rejects', () => Promise.reject(new Error('secret'))],
    [
      'throws what cannot be printed',
      () => {
        throw Object.create(null);
      },
    ],
    ['returns nothing', () => undefined],
    ['returns a string', () => 'secret'],
    ['returns a plain object', () => ({ status: 200, body: 'secret' })],
    ['returns an error response', () => Response.error()],
    ['returns a response that has been read', read],
    ['returns a body that fails', failing],
    [
      'returns a body of strings',
      () =>
        new Response(
          new ReadableStream({
            start: (c) => {
              c.enqueue(untyped('secret'));
              c.close();
            },
          }),
        ),
    ],
    [
      'returns a locked body',
      () => {
        const r = new Response('x');
        r.body?.getReader();
        return r;
      },
    ],
  ])('is answered with a bare 500 when it %s, and called again', async (_why, fail) => {
    let calls = 0;
    const handler = toLambda(
      untyped(() => {
        calls += 1;
        return calls === 1 ? fail() : new Response('ok');
      }),
    );
    expect(await handler(httpApiEvent(), lambdaContext)).toEqual(failed);
    expect(console.error).toHaveBeenCalled();
    expect(await handler(httpApiEvent(), lambdaContext)).toMatchObject({
      statusCode: 200,
      body: 'ok',
    });
  });

  test('is answered 500 to a HEAD as to a GET when its body is locked', async () => {
    const result = await answer(httpApiEvent({ requestContext: head }), () => {
      const response = new Response('x');
      response.body?.getReader();
      return response;
    });
    expect(result).toEqual({ ...failed, body: '' });
  });

  test('has what produces its body stopped when that gives what is no byte', async () => {
    const cancel = vi.fn<() => void>();
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(untyped('secret')),
      cancel,
    });
    expect(await answer(httpApiEvent(), () => new Response(body))).toEqual(failed);
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  test('may return another implementation of Response', async () => {
    const foreign = {
      status: 202,
      headers: new Map([['x-a', '1']]),
      body: null,
      bodyUsed: false,
      arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)),
    };
    const result = await answer(
      httpApiEvent(),
      untyped(() => foreign),
    );
    expect(result).toEqual({
      statusCode: 202,
      headers: { 'x-a': '1' },
      body: '',
      isBase64Encoded: false,
    });
  });

  test('is told who calls, and which call is the first', async () => {
    const told: Invocation[] = [];
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_EXECUTION_ENV', 'AWS_Lambda_nodejs24.x');
    vi.stubEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE', '512');
    const handler = toLambda((_request, invocation) => {
      told.push(invocation);
      return new Response();
    });
    await handler(httpApiEvent(), lambdaContext);
    await handler(httpApiEvent(), lambdaContext);
    vi.unstubAllEnvs();
    const expected = {
      provider: 'aws',
      id: lambdaContext.awsRequestId,
      functionName: 'tricloud',
      region: 'eu-west-1',
      runtime: 'nodejs24.x',
      memoryMiB: 512,
      remainingMs: expect.any(Function),
    };
    expect(told).toEqual([
      { ...expected, coldStart: true },
      { ...expected, coldStart: false },
    ]);
    expect(told[0]?.remainingMs()).toBe(2_500);
  });
});
