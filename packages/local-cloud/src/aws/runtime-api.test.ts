import { afterEach, expect, test } from 'vitest';
import { type RuntimeApi, type RuntimeResult, serveRuntimeApi } from './runtime-api.ts';

const heard: unknown[] = [];
let api: RuntimeApi;
afterEach(() => api.close());

const invocation = {
  id: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
  traceId: 'Root=1-2-3',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  deadlineMs: 1_900_000_000_000,
  event: '{"a":"é"}',
};

async function serve(): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  heard.length = 0;
  api = await serveRuntimeApi({
    onNext: () => heard.push('next'),
    onInitError: (errorType, message) => heard.push(['init', errorType, message]),
    onResult: (id: string, result: RuntimeResult) => heard.push([id, result]),
  });
  return (path, init) => fetch(`http://${api.address}/2018-06-01/runtime/${path}`, init);
}

test('hands the event to who asks for it, with what it must know in headers', async () => {
  const ask = await serve();
  const next = ask('invocation/next');
  await expect.poll(() => heard).toEqual(['next']);
  api.offer(invocation);
  const answer = await next;
  expect(await answer.text()).toBe(invocation.event);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'lambda-runtime-aws-request-id': invocation.id,
    'lambda-runtime-deadline-ms': '1900000000000',
    'lambda-runtime-invoked-function-arn': invocation.functionArn,
    'lambda-runtime-trace-id': invocation.traceId,
  });
});

test('takes the result of the current invocation and of no other', async () => {
  const ask = await serve();
  api.offer(invocation);
  await ask('invocation/next');
  const post = { method: 'POST', body: '{"statusCode":200}' };
  const wrong = await ask('invocation/another-id/response', post);
  const right = await ask(`invocation/${invocation.id}/response`, post);
  expect([wrong.status, right.status]).toEqual([400, 202]);
  expect(heard).toEqual(['next', [invocation.id, { kind: 'response', json: post.body }]]);
});

test('takes an error with its type and message, of an invocation and of the initialisation', async () => {
  const ask = await serve();
  const body = JSON.stringify({ errorType: 'TypeError', errorMessage: 'no', stackTrace: [] });
  api.offer(invocation);
  await ask('invocation/next');
  await ask(`invocation/${invocation.id}/error`, { method: 'POST', body });
  await ask('init/error', { method: 'POST', body: 'not JSON' });
  expect(heard).toEqual([
    'next',
    [invocation.id, { kind: 'error', errorType: 'TypeError', message: 'no' }],
    ['init', 'Error', ''],
  ]);
});

test('refuses a response above 6 MB and a hundred bytes, as the service does', async () => {
  const ask = await serve();
  api.offer(invocation);
  await ask('invocation/next');
  const body = 'x'.repeat(6 * 1024 * 1024 + 101);
  const answer = await ask(`invocation/${invocation.id}/response`, { method: 'POST', body });
  expect(await answer.json()).toEqual({
    errorType: 'RequestEntityTooLarge',
    errorMessage: 'Exceeded maximum allowed payload size (6291556 bytes).',
  });
  expect(heard.at(-1)).toEqual([invocation.id, { kind: 'too-large', bytes: body.length }]);
});

test.each([
  [{ origin: 'http://evil.example' }, 'a page sends an origin'],
  [{ 'sec-fetch-site': 'cross-site' }, 'an image on a page sends none, but where it is from'],
])('gives nothing to a browser that sends %j: %s', async (headers, _why) => {
  const ask = await serve();
  api.offer(invocation);
  expect((await ask('invocation/next', { headers })).status).toBe(403);
  expect(heard).toEqual([]);
});

test.each([['invocation/next/further'], ['invocation'], ['nothing'], ['invocation/x/verb']])(
  'knows no %s',
  async (path) => {
    const ask = await serve();
    expect((await ask(path, { method: 'POST', body: '' })).status).toBe(404);
  },
);
