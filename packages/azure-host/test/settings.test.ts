import { afterAll, beforeAll, expect, test } from 'vitest';
import { start, type Started } from './support.ts';

let started: Started;
beforeAll(async () => {
  started = await start('settings', { env: { TWO: 'from the environment', EMPTY: '' } });
});
afterAll(() => started.host.close());

test('the environment wins over local.settings.json, with a warning', async () => {
  const answer = await started.send('/v1/env');
  expect(answer.json()).toEqual({ one: 'from local.settings.json', two: 'from the environment' });
  expect(started.messages('system')).toContain(
    "Skipping 'TWO' from local.settings.json: it is already set in the environment.",
  );
});

test('A9: the prefix of host.json is that of every route', async () => {
  expect((await started.send('/api/env')).status).toBe(404);
});

test('A9: an empty prefix is allowed', async () => {
  const other = await start('settings', {
    env: { AzureFunctionsJobHost__extensions__http__routePrefix: '' },
  });
  expect((await other.send('/env')).status).toBe(200);
  await other.host.close();
});

test('G1: the home page can be switched off', async () => {
  const other = await start('settings', { env: { AzureWebJobsDisableHomepage: 'true' } });
  expect((await other.send('/')).status).toBe(204);
  await other.host.close();
});

test('the limit of a body is a setting', async () => {
  const other = await start('buffered', { env: { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '4' } });
  const post = (body: string) => other.send('/api/echo/x', { method: 'POST', body });
  expect([(await post('four')).status, (await post('fives')).status]).toEqual([200, 500]);
  await other.host.close();
});

test('custom headers are added where the function sets none', async () => {
  const { headers } = await started.send('/v1/cookie');
  expect([headers['x-frame-options'], headers['x-own']]).toEqual(['DENY', 'function']);
});

test('more requests than may be outstanding are answered with 429', async () => {
  const answers = await Promise.all(Array.from({ length: 4 }, () => started.send('/v1/slow')));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    200, 200, 429, 429,
  ]);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.headers['x-function-scaleout']).toBe('1');
});

test.each([
  [
    'https://allowed.example',
    {
      'access-control-allow-origin': 'https://allowed.example',
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    },
  ],
  [
    'https://too.example',
    {
      'access-control-allow-origin': 'https://too.example',
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    },
  ],
  ['https://other.example', {}],
])('CORS for %s adds %j and keeps what the function set', async (origin, expected) => {
  const answer = await started.send('/v1/cookie', { headers: ['Origin', origin] });
  const cors = Object.entries(answer.headers).filter(([name]) => /^(?:access-|vary)/.test(name));
  expect(Object.fromEntries(cors)).toEqual(expected);
  expect([answer.status, answer.cookies]).toEqual([200, ['a=1; path=/', 'b=2; path=/']]);
});

test('a preflight request is answered by the host', async () => {
  const answer = await started.send('/v1/env', {
    method: 'OPTIONS',
    headers: [
      'Origin',
      'https://allowed.example',
      'Access-Control-Request-Method',
      'PUT',
      'Access-Control-Request-Headers',
      'x-own',
    ],
  });
  expect([
    answer.status,
    answer.headers['access-control-allow-methods'],
    answer.headers['access-control-allow-headers'],
  ]).toEqual([204, 'PUT', 'x-own']);
});
