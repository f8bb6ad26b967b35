import { HttpRequest, HttpResponse, InvocationContext } from '@azure/functions';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FetchHandler, Invocation } from '../index.ts';
import { toAzureFunction, type AzureOptions } from './index.ts';
import { untyped } from '../untyped.fixture.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const context = () =>
  new InvocationContext({
    functionName: 'tricloud',
    invocationId: '0b6a3f0c-0000-4000-8000-000000000000',
    logHandler: () => undefined,
  });

interface Sent {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array;
}

/** The library's own request, with the parameters and query that its stream mode would pollute. */
const request = ({
  method = 'GET',
  url = 'https://app.azurewebsites.net/notes',
  ...sent
}: Sent = {}) =>
  new HttpRequest({
    method,
    url,
    headers: sent.headers ?? {},
    query: { a: 'polluted' },
    params: { path: 'polluted' },
    ...(sent.body && { body: { bytes: sent.body } }),
  });

const call = (handler: FetchHandler, sent: Sent = {}, options?: AzureOptions) =>
  toAzureFunction(handler, options)(request(sent), context());

test('gives the handler the raw URL, the headers and the bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1 }), async (body) => {
      let seen: unknown;
      await call(
        async (received) => {
          seen = {
            url: received.url,
            header: received.headers.get('x-a'),
            body: new Uint8Array(await received.arrayBuffer()),
          };
          return new Response();
        },
        {
          method: 'POST',
          url: 'https://app.azurewebsites.net//evil.example/a%2Fb?a=1&a=2&f%5B%5D=x+y',
          headers: { 'X-A': '1,2' },
          body,
        },
      );
      expect(seen).toEqual({
        url: 'https://app.azurewebsites.net//evil.example/a%2Fb?a=1&a=2&f%5B%5D=x+y',
        header: '1,2',
        body: new Uint8Array(body),
      });
    }),
    { numRuns: 20 },
  );
});

test('lets the handler read the body twice by a clone', async () => {
  const result = await call(
    async (received) => new Response((await received.clone().text()) + (await received.text())),
    { method: 'PUT', body: Buffer.from('é') },
  );
  expect(result.body).toEqual(new Uint8Array(Buffer.from('éé')));
});

test.each([
  ['api', 'https://a.b/api/notes?x=1', 'https://a.b/notes?x=1'],
  ['/API/', 'https://a.b/api', 'https://a.b/'],
  ['api', 'https://a.b/apis/notes', 'https://a.b/apis/notes'],
  ['api', 'https://a.b/api//evil.example', 'https://a.b//evil.example'],
  ['', 'https://a.b/api/notes', 'https://a.b/api/notes'],
  ['', 'https://a.b/a#b?c#d', 'https://a.b/a%23b?c%23d'],
  ['api', 'https://a.b/api/#a', 'https://a.b/%23a'],
])('takes the route prefix %j off %s', async (routePrefix, url, expected) => {
  let seen: string | undefined;
  await call(
    (received) => {
      seen = received.url;
      return new Response();
    },
    { url },
    { routePrefix },
  );
  expect(seen).toBe(expected);
});

test('answers with an object that the library takes', async () => {
  const result = await call(
    () =>
      new Response('é', {
        status: 418,
        headers: {
          'content-type': 'text/x',
          'x-empty': '',
          connection: 'close',
          'content-length': '9',
        },
      }),
  );
  expect(result).toEqual({
    status: 418,
    headers: { 'content-type': 'text/x', 'x-empty': '' },
    cookies: [],
    body: new Uint8Array(Buffer.from('é')),
  });
  const taken = new HttpResponse(result);
  expect([...taken.headers]).toEqual([
    ['content-type', 'text/x'],
    ['x-empty', ''],
  ]);
  expect(await taken.text()).toBe('é');
});

const a = 'a=1; Expires=Tue, 09 Jun 2026 10:18:14 GMT';
const tok = 'Tok=dGVzdDp0ZXN0MQ==; Partitioned';
const parsedA = { name: 'a', value: '1', path: '', expires: new Date('2026-06-09T10:18:14.000Z') };
const parsedTok = { name: 'Tok', value: 'dGVzdDp0ZXN0MQ==', path: '' };

test.each([
  ['a cookie alone goes out word for word', [tok], {}, { 'set-cookie': tok }, []],
  ['several are right in both modes', [a, tok], {}, {}, [parsedA, parsedTok]],
  [
    'stream mode has no place for a header besides',
    [a, tok],
    { httpStream: true },
    {},
    [parsedA, parsedTok],
  ],
  [
    'buffered mode sends the inexact one as a header',
    [a, tok],
    { httpStream: false },
    { 'set-cookie': tok },
    [parsedA],
  ],
  [
    'buffered mode sends the first one as a header',
    [a, 'b=2'],
    { httpStream: false },
    { 'set-cookie': a },
    [{ name: 'b', value: '2', path: '' }],
  ],
  ['a name that is no token is left out of several', [a, 'é=1'], {}, {}, [parsedA]],
])('cookies: %s', async (_why, lines, options, headers, cookies) => {
  const result = await call(
    () => {
      const response = new Response(null);
      for (const line of lines) response.headers.append('set-cookie', line);
      return response;
    },
    {},
    options,
  );
  expect({ headers: result.headers, cookies: result.cookies }).toEqual({ headers, cookies });
});

test('streams the body where the app does', async () => {
  const chunks = ['a', 'b'].map((text) => new TextEncoder().encode(text));
  const body = untyped<ReadableStream<Uint8Array>>(ReadableStream.from(chunks));
  const result = await call(() => new Response(body), {}, { httpStream: true });
  expect(result.body).toBeInstanceOf(ReadableStream);
  expect(await new HttpResponse(result).text()).toBe('ab');
});

test('cancels the handler’s body when Azure cancels its own', async () => {
  let cancelled = false;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array(1)),
    cancel: () => {
      cancelled = true;
    },
  });
  const result = await call(() => new Response(body), {}, { httpStream: true });
  if (result.body instanceof ReadableStream) await result.body.cancel();
  expect(cancelled).toBe(true);
});

const bare = (status: number, title: string) => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  cookies: [],
  body: new Uint8Array(Buffer.from(JSON.stringify({ title, status }))),
});

test.each<[string, () => unknown]>([
  [
    'throws',
    () => {
      throw new Error('secret');
    },
  ],
  ['returns nothing', () => undefined],
  ['returns what Azure would have taken', () => ({ status: 200, body: 'x' })],
  [
    'returns a body that fails',
    () => new Response(new ReadableStream({ pull: (c) => c.error(new Error('secret')) })),
  ],
  [
    'returns a body of what is no byte',
    () => new Response(untyped(ReadableStream.from(['secret', 'secret']))),
  ],
])('is a bare 500 when the handler %s', async (_why, handler) => {
  expect(await call(untyped(handler))).toEqual(bare(500, 'Internal Server Error'));
  const streamed = await call(untyped(handler), {}, { httpStream: true });
  expect(await new HttpResponse(streamed).json()).toEqual({
    title: 'Internal Server Error',
    status: 500,
  });
  expect(console.error).toHaveBeenCalled();
});

test('refuses what is no request with 400, and a forbidden method with 501', async () => {
  const handler = toAzureFunction(() => new Response());
  expect(await handler(untyped({}), context())).toEqual(bare(400, 'Bad Request'));
  expect(await handler(untyped(null), untyped(null))).toEqual(bare(400, 'Bad Request'));
  const trace = { method: 'TRACE', url: 'https://a.b/', headers: new Headers(), body: null };
  expect(await handler(trace, context())).toEqual(bare(501, 'Not Implemented'));
});

test('tells the handler who calls, and which call is the first', async () => {
  vi.stubEnv('REGION_NAME', 'West Europe');
  vi.stubEnv('AzureFunctionsJobHost__functionTimeout', '00:05:00');
  const told: Invocation[] = [];
  const handler = toAzureFunction((_request, invocation) => {
    told.push(invocation);
    return new Response();
  });
  await handler(request(), context());
  await handler(request(), context());
  vi.unstubAllEnvs();
  const expected = {
    provider: 'azure',
    id: '0b6a3f0c-0000-4000-8000-000000000000',
    functionName: 'tricloud',
    region: 'West Europe',
    runtime: `node${process.versions.node.split('.')[0]}`,
    memoryMiB: null,
    remainingMs: expect.any(Function),
  };
  expect(told).toEqual([
    { ...expected, coldStart: true },
    { ...expected, coldStart: false },
  ]);
  expect(told[0]?.remainingMs()).toBeGreaterThan(0);
  expect(told[0]?.remainingMs()).toBeLessThanOrEqual(300_000);
});

test.each([
  { set: {}, region: 'local', memoryMiB: null, why: 'nobody says' },
  {
    set: { WEBSITE_INSTANCE_MEMORY_MB: '2048', REGION_NAME: 'East US' },
    region: 'East US',
    memoryMiB: 2048,
    why: 'a Flex Consumption instance has its size in its environment',
  },
  {
    set: { WEBSITE_MEMORY_LIMIT_MB: '1536' },
    region: 'local',
    memoryMiB: 1536,
    why: 'so has a Consumption instance on Windows, under another name',
  },
  {
    set: { TRICLOUD_MEMORY_MIB: '4096', TRICLOUD_REGION: 'eastus' },
    region: 'eastus',
    memoryMiB: 4096,
    why: 'an app setting says what the platform does not',
  },
  {
    set: {
      WEBSITE_INSTANCE_MEMORY_MB: '512',
      REGION_NAME: 'West US',
      TRICLOUD_MEMORY_MIB: '4096',
      TRICLOUD_REGION: 'eastus',
    },
    region: 'West US',
    memoryMiB: 512,
    why: 'the platform knows better than a setting',
  },
  {
    set: { WEBSITE_INSTANCE_MEMORY_MB: 'much', TRICLOUD_MEMORY_MIB: '', TRICLOUD_REGION: '' },
    region: 'local',
    memoryMiB: null,
    why: 'what is no number is no memory',
  },
])('has $memoryMiB MiB in $region: $why', async ({ set, region, memoryMiB }) => {
  for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value);
  const told: Invocation[] = [];
  const handler = toAzureFunction((_request, invocation) => {
    told.push(invocation);
    return new Response();
  });
  await handler(request(), context());
  vi.unstubAllEnvs();
  expect(told).toMatchObject([{ region, memoryMiB }]);
});
