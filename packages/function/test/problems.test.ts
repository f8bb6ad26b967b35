import {
  billedServices,
  InvalidInputError,
  parseUsage,
  parseWorkload,
  providers,
  services,
} from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { ask, invocation, post } from './asking.ts';
import { createApp } from '../src/app.ts';

const faultyType = '/openapi.json#/components/schemas/Problem';

test.each([
  { path: '/nowhere', why: 'no such path' },
  { path: '/v1', why: 'a prefix is no resource' },
  { path: '/v1/lesson/vi', why: 'a lesson has no parts' },
  { path: '//v1/lesson', why: 'an empty segment is a segment' },
  { path: '/V1/lesson', why: 'paths have case' },
  { path: '/v1/providers/aws/x', why: 'a provider has no parts' },
  { path: '/*', why: 'only OPTIONS has the target *' },
])('GET $path is 404: $why', async ({ path }) => {
  const answer = await ask(path);
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toEqual({
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: `There is nothing at ${path}; /openapi.json says what there is.`,
  });
});

test.each([
  { path: '/v1/providers/gcp', kind: 'provider', id: 'gcp', all: providers },
  { path: '/v1/providers/constructor', kind: 'provider', id: 'constructor', all: providers },
  { path: '/v1/providers/__proto__', kind: 'provider', id: '__proto__', all: providers },
  { path: '/v1/providers/a%2Fb', kind: 'provider', id: 'a/b', all: providers },
  { path: '/v1/services/%3Cb%3E', kind: 'service', id: '<b>', all: services },
  { path: '/v1/services/%FF', kind: 'service', id: '%FF', all: services },
])('GET $path is 404 and lists the ids that there are', async ({ path, kind, id, all }) => {
  const answer = await ask(path);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toEqual({
    type: faultyType,
    title: 'Not Found',
    status: 404,
    detail: `There is no ${kind} "${id}".`,
    faults: [
      {
        path: 'id',
        value: id,
        problem: `must be one of ${all.map((each) => each.id).join(', ')}, not "${id}"`,
      },
    ],
  });
});

test.each([
  { query: 'lang=fr', value: 'fr', shown: '"fr"' },
  { query: 'lang=', value: '', shown: '""' },
  { query: 'lang', value: '', shown: '""' },
  { query: 'lang=VI', value: 'VI', shown: '"VI"' },
  { query: 'lang=%FF', value: '\uFFFD', shown: '"\uFFFD"' },
  { query: 'lang=vi&lang=en', value: ['vi', 'en'], shown: '"vi" and "en"' },
])('GET /v1/lesson?$query is 400', async ({ query, value, shown }) => {
  const answer = await ask(`/v1/lesson?${query}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({
    type: faultyType,
    title: 'Bad Request',
    status: 400,
    detail: 'There is no lesson in that language.',
    faults: [{ path: 'lang', value, problem: `must be vi or en, once, not ${shown}` }],
  });
});

test.each([
  { path: '/', accept: 'image/png', forms: 'application/json or text/html' },
  { path: '/v1/lesson', accept: 'text/html', forms: 'application/json or text/markdown' },
  { path: '/v1/lesson', accept: '*/*;q=0', forms: 'application/json or text/markdown' },
])('GET $path that accepts only $accept is 406', async ({ path, accept, forms }) => {
  const answer = await ask(path, { headers: { accept } });
  expect(answer.status).toBe(406);
  expect(answer.headers.get('vary')).toBe('Accept, Accept-Language');
  expect(await answer.json()).toEqual({
    type: 'about:blank',
    title: 'Not Acceptable',
    status: 406,
    detail: `This is available as ${forms}.`,
  });
});

test('what has one form only is given in it, whatever is accepted', async () => {
  expect((await ask('/v1/providers', { headers: { accept: 'image/png' } })).status).toBe(200);
});

test.each([
  { status: 400, init: { body: '{"requestsPerMonth":' } },
  { status: 400, init: { body: '' } },
  { status: 413, init: { body: ' '.repeat(70_000) } },
  {
    status: 415,
    init: { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  },
])('POST refuses what it cannot read with $status', async ({ status, init }) => {
  for (const path of ['/v1/comparisons', '/v1/bills']) {
    const answer = await ask(path, { method: 'POST', ...init });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ type: 'about:blank', status });
  }
});

const misfits: readonly { readonly body: string; readonly why: string }[] = [
  { body: 'null', why: 'null' },
  { body: '[]', why: 'an array' },
  { body: '"x"', why: 'a string' },
  { body: '{}', why: 'every required field is missing' },
  { body: '{"requestsPerMonth":-1,"durationMs":"a","memoryMiB":null,"x":1}', why: 'four faults' },
  {
    body: '{"requestsPerMonth":1,"durationMs":1,"memoryMiB":128,"region":{"aws":"mars-1"}}',
    why: 'a region that there is not',
  },
  {
    body: '{"requestsPerMonth":1e999,"durationMs":1,"memoryMiB":128}',
    why: 'a number that JSON can write and nothing can hold',
  },
  {
    body: '{"__proto__":{"requestsPerMonth":1,"durationMs":1,"memoryMiB":128}}',
    why: 'prototypes are no input',
  },
  {
    body: '{"requestsPerMonth":1,"durationMs":1,"memoryMiB":128,"__proto__":{"freeTier":false}}',
    why: '__proto__ is an unknown field',
  },
  {
    body: '{"requestsPerMonth":1,"durationMs":1,"memoryMiB":128,"constructor":{"prototype":{}}}',
    why: 'constructor is an unknown field',
  },
];

test.each(misfits)('POST /v1/comparisons refuses $body with 422: $why', async ({ body }) => {
  const answer = await ask('/v1/comparisons', { method: 'POST', body });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toEqual(
    misfit(
      'workload',
      faultsOf((input) => parseWorkload(input, priceLists), body),
    ),
  );
});

const item = '{"service":"aws-sqs","region":"us-east-1","usage":{"requests":1}}';

test.each([
  ...misfits,
  { body: '{"items":[]}', why: 'no items' },
  { body: `{"items":[${item},null]}`, why: 'an item that is none' },
  { body: `{"items":[${item}],"month":11,"freeTier":"yes"}`, why: 'two faults beside the items' },
  { body: '{"items":[{"service":"aws-sq"},{"service":"__proto__"}]}', why: 'unknown services' },
  { body: `{"items":[${item.replace('us-east-1', 'mars')}]}`, why: 'an unknown region' },
  { body: `{"items":[${item.replace(':1}', ':-1,"x":"y"}')}]}`, why: 'two faults in one item' },
  { body: `{"items":[${item.replace(':1}', ':1e999}')}]}`, why: 'a number nothing can hold' },
  { body: `{"items":[${item.replace('{"r', '{"__proto__":{},"r')}]}`, why: 'a prototype' },
])('POST /v1/bills refuses $body with 422: $why', async ({ body }) => {
  const answer = await ask('/v1/bills', { method: 'POST', body });
  expect(answer.status).toBe(422);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toEqual(
    misfit(
      'usage document',
      faultsOf((input) => parseUsage(input, priceLists), body),
    ),
  );
});

function misfit(what: string, faults: unknown): object {
  const detail = `The body is JSON but no ${what}.`;
  return { type: faultyType, title: 'Unprocessable Content', status: 422, detail, faults };
}

/** As they are told in JSON, which knows neither `undefined` nor infinity. */
function faultsOf(parse: (input: unknown) => unknown, body: string): unknown {
  try {
    return parse(JSON.parse(body));
  } catch (error) {
    if (error instanceof InvalidInputError) return JSON.parse(JSON.stringify(error.faults));
    throw error;
  }
}

test.each([
  { body: '['.repeat(30_000) + ']'.repeat(30_000), path: '' },
  {
    body: `{"requestsPerMonth":${'['.repeat(30_000)}${']'.repeat(30_000)},"durationMs":1,"memoryMiB":1}`,
    path: 'requestsPerMonth',
  },
])('a value nested too deep to be written out is refused without it', async ({ body, path }) => {
  const answer = await ask('/v1/comparisons', { method: 'POST', body });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ faults: [{ path, problem: expect.any(String) }] });
});

test('every fault is told at once', async () => {
  const answer = await ask(
    '/v1/comparisons',
    post({ requestsPerMonth: -1, durationMs: 'a', region: { aws: 1 }, nonsense: true }),
  );
  expect(await answer.json()).toMatchObject({
    faults: expect.toSatisfy((faults: readonly { readonly path: string }[]) => {
      const paths = faults.map(({ path }) => path).sort();
      return paths.join() === 'durationMs,memoryMiB,nonsense,region.aws,requestsPerMonth';
    }),
  });
});

test('no JSON whatever makes the function fail', async () => {
  const handler = createApp().fetch;
  const field = fc.oneof(fc.jsonValue(), fc.double(), fc.integer({ min: -1, max: 1e9 }));
  const workload = fc.record(
    {
      requestsPerMonth: field,
      durationMs: field,
      memoryMiB: field,
      architecture: fc.oneof(fc.constantFrom('x86_64', 'arm64'), fc.jsonValue()),
      concurrencyPerInstance: field,
      responseKiB: field,
      peakToAverage: field,
      region: fc.oneof(
        fc.record({ aws: fc.string(), google: fc.string() }, { requiredKeys: [] }),
        fc.jsonValue(),
      ),
      freeTier: fc.oneof(fc.boolean(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.json(),
    workload.map((each) => JSON.stringify(each)),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const answer = await handler(
        new Request('https://f.example/v1/comparisons', { method: 'POST', body: text }),
        invocation,
      );
      expect([200, 400, 422]).toContain(answer.status);
    }),
    { numRuns: 300 },
  );
});

test('no usage document whatever makes the function fail', async () => {
  const handler = createApp().fetch;
  const id = fc.constantFrom(...billedServices.map((service) => service.id));
  const plan = fc.constantFrom(...billedServices.flatMap(({ plans }) => Object.keys(plans)));
  const usage = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.constantFrom('requests', 'durationMs', 'memoryMiB', '__proto__'), fc.double()),
  );
  const anItem = fc.record(
    {
      service: fc.oneof(id, fc.jsonValue()),
      region: fc.oneof(fc.constantFrom('us-east-1', 'eastus', 'us-central1'), fc.jsonValue()),
      plan: fc.oneof(plan, fc.jsonValue()),
      usage,
    },
    { requiredKeys: [] },
  );
  const items = fc.oneof(fc.array(anItem), fc.jsonValue());
  const document = fc.record({ freeTier: fc.jsonValue(), items }, { requiredKeys: [] });
  await fc.assert(
    fc.asyncProperty(document, async (value) => {
      const answer = await handler(
        new Request('https://f.example/v1/bills', post(value)),
        invocation,
      );
      expect([200, 422]).toContain(answer.status);
    }),
    { numRuns: 300 },
  );
});

test('no target whatever makes the function fail', async () => {
  const handler = createApp().fetch;
  await fc.assert(
    fc.asyncProperty(
      fc.webPath(),
      fc.webQueryParameters(),
      fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'DELETE'),
      async (path, query, method) => {
        const url = `https://f.example/v1${path}?${query}`;
        const { status } = await handler(new Request(url, { method }), invocation);
        expect(status).toBeLessThan(500);
      },
    ),
    { numRuns: 300 },
  );
});

test('no header whatever makes the function fail', async () => {
  const handler = createApp({ corsOrigins: ['https://a.example'] }).fetch;
  const weight = fc.oneof(
    fc.constantFrom('', ';q=0', ';q=0.5', ';q=x', ';q=-1', ';q=', ';'),
    fc.string(),
  );
  const range = fc.tuple(
    fc.constantFrom('*/*', 'text/html', 'text/*', 'vi', 'en-GB', '*', ''),
    weight,
  );
  const value = fc
    .oneof(
      fc.string(),
      fc.array(range).map((ranges) => ranges.map((each) => each.join('')).join()),
    )
    .map((text) => text.replaceAll(/[^\x21-\x7e]/g, ''));
  const names = ['accept', 'accept-language', 'content-type', 'content-encoding', 'origin'];
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom(...names), value),
      fc.constantFrom('/', '/v1/lesson', '/v1/comparisons'),
      async (headers, path) => {
        const method = path === '/v1/comparisons' ? 'POST' : 'GET';
        const init = { method, headers, ...(method === 'POST' && { body: '{}' }) };
        const { status } = await handler(new Request(`https://f.example${path}`, init), invocation);
        expect([200, 406, 415, 422]).toContain(status);
      },
    ),
    { numRuns: 300 },
  );
});

test('a bug is a bare 500, and the log of whoever runs the function says why', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const bug = new Error('secret detail');
  const answer = await ask(
    '/v1/comparisons',
    post({ requestsPerMonth: 1, durationMs: 1, memoryMiB: 128 }),
    {
      today: () => {
        throw bug;
      },
    },
  );
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
  });
  expect(logged).toHaveBeenCalledWith(bug);
  logged.mockRestore();
});
