import { readdirSync, readFileSync } from 'node:fs';
import {
  billUsage,
  compare,
  lessonIn,
  lessonMarkdown,
  parseUsage,
  parseWorkload,
  providers,
  services,
} from '@tricloud/core';
import { expect, test } from 'vitest';
import { entries } from '../src/site-index.ts';
import { ask, everyGet, invocation, post, today } from './asking.ts';
import { priceLists } from '@tricloud/core/price-lists';

const usageFolder = new URL('../../../examples/usage/', import.meta.url);
const usageFiles = readdirSync(usageFolder).filter((name) => name.endsWith('.json'));
const workload = { requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 };

test.each([
  { path: '/v1/providers', expected: providers },
  ...providers.map((each) => ({ path: `/v1/providers/${each.id}`, expected: each })),
  { path: '/v1/services', expected: services },
  ...services.map((each) => ({ path: `/v1/services/${each.id}`, expected: each })),
  { path: '/v1/lesson?lang=vi', expected: lessonIn('vi') },
  { path: '/v1/lesson?lang=en', expected: lessonIn('en') },
  { path: '/healthz', expected: { status: 'ok' } },
])('GET $path answers with what core knows', async ({ path, expected }) => {
  const answer = await ask(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(expected)));
});

test('GET /v1/whoami says who answers', async () => {
  const { provider, region, runtime, memoryMiB, id, coldStart } = invocation;
  const answer = await ask('/v1/whoami');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({
    provider,
    region,
    runtime,
    memoryMiB,
    invocationId: id,
    coldStart,
  });
});

test('POST /v1/comparisons answers with the comparison of the workload as of today', async () => {
  const answer = await ask('/v1/comparisons', post(workload));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual(
    JSON.parse(
      JSON.stringify(
        compare(parseWorkload(workload, priceLists), { asOf: today, prices: priceLists }),
      ),
    ),
  );
});

test.each(usageFiles)('POST /v1/bills bills examples/usage/%s as of today', async (name) => {
  const usage: unknown = JSON.parse(readFileSync(new URL(name, usageFolder), 'utf8'));
  const answer = await ask('/v1/bills', post(usage));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual(billUsage(parseUsage(usage, priceLists), { asOf: today }));
});

test('without a day from outside a comparison is of the day of the request', async () => {
  const before = new Date().toISOString().slice(0, 10);
  const { createApp } = await import('../src/app.ts');
  const answer = await createApp().fetch(
    new Request('https://f.example/v1/comparisons', post(workload)),
    invocation,
  );
  const after = new Date().toISOString().slice(0, 10);
  expect(await answer.json()).toHaveProperty('asOf', expect.toBeOneOf([before, after]));
});

test.each([
  { accept: undefined, type: 'application/json' },
  { accept: '*/*', type: 'application/json' },
  { accept: 'text/markdown', type: 'text/markdown; charset=utf-8' },
  { accept: 'text/markdown;q=0.5, application/json;q=0.4', type: 'text/markdown; charset=utf-8' },
  { accept: 'text/*', type: 'text/markdown; charset=utf-8' },
  { accept: 'text/html, */*;q=0.1', type: 'application/json' },
])('GET /v1/lesson with Accept: $accept is $type', async ({ accept, type }) => {
  const answer = await ask('/v1/lesson', { headers: accept ? { accept } : {} });
  expect(answer.headers.get('content-type')).toBe(type);
  expect(answer.headers.get('vary')).toBe('Accept, Accept-Language');
});

test.each([
  { query: '', accepted: undefined, lang: 'vi', why: 'Vietnamese is the language of the lesson' },
  { query: '', accepted: 'en-GB, en;q=0.9', lang: 'en', why: 'the header asks for English' },
  { query: '', accepted: 'fr, de;q=0.9', lang: 'vi', why: 'the header names no language of ours' },
  { query: '', accepted: 'vi;q=0.2, en;q=0.4', lang: 'en', why: 'the header likes it more' },
  { query: '?lang=vi', accepted: 'en', lang: 'vi', why: 'the query wins over the header' },
  { query: '?lang=en', accepted: 'vi', lang: 'en', why: 'the query wins over the header' },
] as const)('GET /v1/lesson$query is in $lang: $why', async ({ query, accepted, lang }) => {
  const headers = { accept: 'text/markdown', ...(accepted && { 'accept-language': accepted }) };
  const answer = await ask(`/v1/lesson${query}`, { headers });
  expect(answer.headers.get('content-language')).toBe(lang);
  expect(await answer.text()).toBe(lessonMarkdown(lang));
});

test.each([
  {
    headers: { 'sec-fetch-site': 'none', accept: 'text/html,*/*;q=0.8' },
    type: 'text/html; charset=utf-8',
  },
  { headers: { accept: '*/*' }, type: 'application/json' },
  { headers: {}, type: 'application/json' },
])('GET / with $headers is $type', async ({ headers, type }) => {
  const answer = await ask('/', { headers: { ...headers } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(type);
});

test('the index names only what there is', async () => {
  expect(await (await ask('/')).json()).toMatchObject({
    routes: entries.map(({ method, path }) => ({ method, path })),
  });
  for (const { method, path } of entries) {
    const answer = await ask(path, { method: 'OPTIONS' });
    expect(answer.headers.get('allow')).toContain(method);
  }
});

test.each(everyGet)('GET $path answers with its length and with safe headers', async ({ path }) => {
  const answer = await ask(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-length')).toBe(
    String((await answer.arrayBuffer()).byteLength),
  );
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(answer.headers.get('cache-control')).toMatch(/^(?:no-store|public, max-age=3600)$/);
});

test.each(everyGet)('a slash at the end of $path changes nothing', async ({ path }) => {
  const [plain, slashed] = [await ask(path), await ask(path === '/' ? '' : `${path}/`)];
  expect(slashed.status).toBe(200);
  expect(await slashed.text()).toBe(await plain.text());
});
