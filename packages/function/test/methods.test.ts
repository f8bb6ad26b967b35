import { expect, test } from 'vitest';
import { ask, everyGet, everyPath } from './asking.ts';

const fields = (answer: Response): object => Object.fromEntries(answer.headers);

test.each(everyGet)('HEAD $path has the header fields of GET and no body', async ({ path }) => {
  const [get, head] = [await ask(path), await ask(path, { method: 'HEAD' })];
  expect(head.status).toBe(get.status);
  expect(fields(head)).toEqual(fields(get));
  expect(await head.text()).toBe('');
});

test.each([
  { accept: 'text/html', path: '/' },
  { accept: 'text/markdown', path: '/v1/lesson?lang=en' },
  { accept: 'image/png', path: '/v1/lesson' },
  { accept: '*/*', path: '/v1/providers/none' },
  { accept: '*/*', path: '/nowhere' },
])('HEAD $path negotiates and fails as GET does for $accept', async ({ accept, path }) => {
  const headers = { accept };
  const [get, head] = [await ask(path, { headers }), await ask(path, { headers, method: 'HEAD' })];
  expect(head.status).toBe(get.status);
  expect(fields(head)).toEqual(fields(get));
  expect(await head.text()).toBe('');
});

test.each(everyPath)('OPTIONS $path is 204 and allows $allow', async ({ path, allow }) => {
  const answer = await ask(path, { method: 'OPTIONS' });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('allow')).toBe(allow);
  expect(answer.body).toBeNull();
});

test('OPTIONS * is 204 and allows what any path does', async () => {
  const answer = await ask('/*', { method: 'OPTIONS' });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
});

test('OPTIONS of a path that there is not is 404', async () => {
  expect((await ask('/nowhere', { method: 'OPTIONS' })).status).toBe(404);
});

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'];

test.each(
  everyPath.flatMap(({ path, allow }) =>
    methods
      .filter((each) => !allow.split(', ').includes(each))
      .map((method) => ({ method, path, allow })),
  ),
)('$method $path is 405 and says what is allowed', async ({ method, path, allow }) => {
  const answer = await ask(path, { method });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe(allow);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
});

test.each(everyPath)('no CORS header comes from $path unless configured', async ({ path }) => {
  const headers = { origin: 'https://a.example', 'access-control-request-method': 'POST' };
  for (const method of ['GET', 'OPTIONS']) {
    const answer = await ask(path, { method, headers });
    const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
    expect(names).toEqual([]);
    expect(answer.headers.get('vary') ?? '').not.toContain('Origin');
  }
});

test('a configured origin may send a workload and read even a refusal', async () => {
  const options = { corsOrigins: ['https://a.example'] };
  const origin = { origin: 'https://a.example' };
  const preflight = await ask(
    '/v1/comparisons',
    { method: 'OPTIONS', headers: { ...origin, 'access-control-request-method': 'POST' } },
    options,
  );
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-methods')).toBe('POST, OPTIONS');
  const refusal = await ask(
    '/v1/comparisons',
    { method: 'POST', headers: origin, body: '{' },
    options,
  );
  expect(refusal.status).toBe(400);
  expect(refusal.headers.get('access-control-allow-origin')).toBe('https://a.example');
  const lesson = await ask('/v1/lesson', { headers: origin }, options);
  expect(lesson.headers.get('vary')).toBe('Accept, Accept-Language, Origin');
});
