import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../openapi/document.ts';
import { usageExamples, workloadExamples } from '../openapi/examples.ts';
import packageJson from '../package.json' with { type: 'json' };
import { folded } from '../openapi/folded.ts';
import { openApiJson } from '../src/openapi.ts';
import { ask, post } from './asking.ts';

/** What the function serves. */
const served: ReturnType<typeof openApiDocument> & { paths: Record<string, object> } =
  JSON.parse(openApiJson());

const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: { date: /^\d{4}-\d{2}-\d{2}$/ },
});
ajv.addSchema({ ...served, $id: 'https://f.example/openapi.json' });

const errorsOf = (schema: object, value: unknown): unknown => {
  const $id = `https://f.example/${crypto.randomUUID()}`;
  const absolute = JSON.parse(
    JSON.stringify(schema).replaceAll('"#/', '"https://f.example/openapi.json#/'),
  );
  const validate = ajv.compile({ $id, ...absolute });
  return validate(value) ? [] : validate.errors;
};

/** The schema that the document gives for an answer, references followed. */
function schemaOf(path: string, method: string, status: number, type: string): object {
  const template = path.replace(/\?.*/, '').replace(/(providers|services)\/.+/, '$1/{id}');
  const response = at(['paths', template, method, 'responses', String(status)]);
  const pointer = JSON.stringify(response).match(/^\{"\$ref":"#\/(.+)"\}$/)?.[1];
  const content = pointer ? at(pointer.split('/')) : response;
  return Object(Object(Object(content).content)[type]).schema;
}

function at(keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => Object(value)[key], served);
}

test('the committed document is what its schemas give; if not, run npm run openapi -w @tricloud/function', async () => {
  const committed = await readFile(
    new URL('../src/openapi.generated.json', import.meta.url),
    'utf8',
  );
  expect(committed).toBe(`${JSON.stringify(folded(openApiDocument(packageJson.version)))}\n`);
});

test('the document that is served is the one that was folded, to the letter', () => {
  expect(openApiJson()).toBe(JSON.stringify(openApiDocument(packageJson.version)));
});

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(served).matchAll(/"\$ref":"#\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(20);
  for (const [, pointer = ''] of references) {
    expect({ pointer, target: at(pointer.split('/')) }).not.toHaveProperty('target', undefined);
  }
});

describe('every path of the document', () => {
  const paths = Object.entries(served.paths);

  test.each(paths)('%s has the methods that the function allows', async (path, item) => {
    const answer = await ask(path.replace('{id}', path.includes('providers') ? 'aws' : 's3'), {
      method: 'OPTIONS',
    });
    const allowed = (answer.headers.get('allow') ?? '').toLowerCase().split(', ');
    expect(Object.keys(item)).toEqual(
      allowed.filter((each) => !['head', 'options'].includes(each)),
    );
  });
});

const workload = workloadExamples.short.value;
const usageFolder = new URL('../../../examples/usage/', import.meta.url);
const usageFiles = readdirSync(usageFolder).filter((name) => name.endsWith('.json'));

test.each([
  { path: '/', init: {}, status: 200 },
  { path: '/?lang=en', init: {}, status: 200 },
  { path: '/?lang=xx', init: {}, status: 400 },
  { path: '/', init: { headers: { accept: 'a/b' } }, status: 406 },
  { path: '/v1/lesson?lang=vi', init: {}, status: 200 },
  { path: '/v1/lesson?lang=en', init: {}, status: 200 },
  { path: '/v1/lesson?lang=xx', init: {}, status: 400 },
  { path: '/v1/lesson', init: { headers: { accept: 'a/b' } }, status: 406 },
  { path: '/v1/providers', init: {}, status: 200 },
  { path: '/v1/providers/aws', init: {}, status: 200 },
  { path: '/v1/providers/google', init: {}, status: 200 },
  { path: '/v1/providers/azure', init: {}, status: 200 },
  { path: '/v1/providers/x', init: {}, status: 404 },
  { path: '/v1/services', init: {}, status: 200 },
  { path: '/v1/services/lambda', init: {}, status: 200 },
  { path: '/v1/services/x', init: {}, status: 404 },
  { path: '/v1/comparisons', init: post(workload), status: 200 },
  { path: '/v1/comparisons', init: post(workloadExamples.full.value), status: 200 },
  { path: '/v1/comparisons', init: post({ ...workload, memoryMiB: 32_768 }), status: 200 },
  { path: '/v1/comparisons', init: post({ ...workload, requestsPerMonth: 0 }), status: 200 },
  { path: '/v1/comparisons', init: { method: 'POST', body: '{' }, status: 400 },
  { path: '/v1/comparisons', init: { method: 'POST', body: ' '.repeat(70_000) }, status: 413 },
  {
    path: '/v1/comparisons',
    init: { method: 'POST', headers: { 'content-type': 'image/png' }, body: 'x' },
    status: 415,
  },
  { path: '/v1/comparisons', init: post({ durationMs: 'x', y: [] }), status: 422 },
  { path: '/v1/bills', init: post(usageExamples.function.value), status: 200 },
  { path: '/v1/bills', init: post(usageExamples.account.value), status: 200 },
  { path: '/v1/bills', init: { method: 'POST', body: '{' }, status: 400 },
  { path: '/v1/bills', init: { method: 'POST', body: ' '.repeat(70_000) }, status: 413 },
  {
    path: '/v1/bills',
    init: { method: 'POST', headers: { 'content-type': 'image/png' }, body: 'x' },
    status: 415,
  },
  { path: '/v1/bills', init: post({ items: [{ service: 'x' }, 3], y: 1 }), status: 422 },
  { path: '/v1/whoami', init: {}, status: 200 },
  { path: '/openapi.json', init: {}, status: 200 },
  { path: '/healthz', init: {}, status: 200 },
] satisfies readonly { path: string; init: RequestInit; status: number }[])(
  'the answer $status of $path is as the document says',
  async ({ path, init, status }: { path: string; init: RequestInit; status: number }) => {
    const answer = await ask(path, init);
    expect(answer.status).toBe(status);
    const type = answer.headers.get('content-type') ?? '';
    const schema = schemaOf(path, (init.method ?? 'GET').toLowerCase(), status, type);
    expect(schema).toBeTypeOf('object');
    expect(errorsOf(schema, await answer.json())).toEqual([]);
  },
);

test.each(Object.entries(workloadExamples))('the example %s is a workload', (_name, { value }) => {
  expect(errorsOf({ $ref: '#/components/schemas/Workload' }, value)).toEqual([]);
});

test.each(Object.entries(usageExamples))('the example %s is a usage', (_name, { value }) => {
  expect(errorsOf({ $ref: '#/components/schemas/UsageDocument' }, value)).toEqual([]);
});

test.each(usageFiles)('examples/usage/%s is a usage', async (name) => {
  const value: unknown = JSON.parse(await readFile(new URL(name, usageFolder), 'utf8'));
  expect(errorsOf({ $ref: '#/components/schemas/UsageDocument' }, value)).toEqual([]);
});

test('the schema refuses what the function refuses', () => {
  expect(errorsOf({ $ref: '#/components/schemas/Workload' }, { durationMs: -1, x: 1 })).not.toEqual(
    [],
  );
  const item = { service: 'aws-sqs', region: 'us-east-1', usage: { requests: 1 } };
  for (const items of [
    [],
    [{ ...item, service: 'aws-sq' }],
    [{ ...item, region: 'mars' }],
    [{ ...item, plan: 'hourly' }],
    [{ ...item, usage: { requests: -1 } }],
    [{ ...item, usage: { requests: 1, x: 1 } }],
  ]) {
    expect(errorsOf({ $ref: '#/components/schemas/UsageDocument' }, { items })).not.toEqual([]);
  }
});

test('a bare 500 is a problem as the document has it', async () => {
  const problem = { type: 'about:blank', title: 'Internal Server Error', status: 500 };
  expect(errorsOf({ $ref: '#/components/schemas/Problem' }, problem)).toEqual([]);
});
