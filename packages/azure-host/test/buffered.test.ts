import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, start, type Started } from './support.ts';

let started: Started;
beforeAll(async () => {
  started = await start('buffered', {
    env: { 'AzureWebJobs.off.Disabled': '1', AzureWebJobs__offKeyed__Disabled: 'true' },
  });
});
afterAll(() => started.host.close());

describe('routing', () => {
  test.each([
    ['A1', 'GET', '/api/hello?name=x', 200, 'Hello, x!', 'the route is the name of the function'],
    ['A2', 'GET', '/API/HeLLo', 200, 'Hello, world!', 'paths compare without case'],
    ['A3', 'GET', '/api/hello/', 200, 'Hello, world!', 'a trailing slash is ignored'],
    ['A4', 'GET', '/api//hello', 404, '', 'an empty segment matches nothing'],
    ['A4', 'GET', '/api/hello//', 404, '', 'nor does one at the end'],
    ['A5', 'GET', '/api/none', 404, '', 'no method is allowed'],
    ['A5', 'GET', '/api/nowhere', 404, '', 'there is no such function'],
    ['A6', 'DELETE', '/api/hello', 404, '', 'a wrong method is not found rather than not allowed'],
    ['A7', 'HEAD', '/api/hello', 404, '', 'GET does not imply HEAD'],
    ['A8', 'OPTIONS', '/api/hello', 404, '', 'there is no CORS unless configured'],
    ['A9', 'GET', '/hello', 404, '', 'the prefix is part of the route'],
    ['A9', 'GET', '/api', 404, '', 'the prefix alone is no route'],
    ['B3', 'GET', '/api/num/4x', 404, '', 'a violated constraint is no match'],
    ['B3', 'GET', '/api/num/2147483648', 404, '', 'int has 32 bits'],
    ['B5', 'GET', '/api/products/999/1', 404, '', '999 is not alpha'],
    ['B12', 'GET', '/api/rng/11', 404, '', '11 is out of range'],
    ['B14', 'GET', '/api/shared', 200, 'G', 'one route may have a function a method'],
    ['B14', 'POST', '/api/shared', 200, 'P', 'one route may have a function a method'],
    ['B14', 'PUT', '/api/shared', 404, '', 'and none for the rest'],
    ['B16', 'GET', '/api/administrators', 404, '', 'a route must not start with admin'],
    ['E4', 'GET', '/api/off', 404, '', 'the function is disabled'],
    ['G', 'GET', '/runtime/webhooks/x', 404, '', 'extensions do not run here'],
    ['G', 'GET', '/admin', 404, '', 'the admin API is no function'],
    ['-', 'GET', '/api/hello%00', 400, '', 'Kestrel refuses a zero byte'],
  ])('%s: %s %s answers %i %j, because %s', async (_id, method, target, status, text) => {
    const answer = await started.send(target, { method });
    expect([answer.status, answer.text, answer.headers['allow']]).toEqual([
      status,
      text,
      undefined,
    ]);
  });

  test('A8: HEAD answers with headers and no body', async () => {
    const answer = await started.send('/api/withHead', { method: 'HEAD' });
    expect([answer.status, answer.headers['x-here'], answer.text]).toEqual([200, 'yes', '']);
  });

  test.each<[string, string, Record<string, string>, string]>([
    ['B1', '/api/num/-42', { id: '-42' }, 'constraints do not convert'],
    ['B1', '/api/num/%2042', { id: ' 42' }, 'an int may have white space around it'],
    ['B4', '/api/products/tv', { category: 'tv' }, 'an absent optional has no key'],
    ['B4', '/api/products/tv/7', { category: 'tv', id: '7' }, 'a present one has'],
    ['B6', '/api/files/a/b/c/', { path: 'a/b/c/' }, 'a catch-all keeps its trailing slash'],
    ['B7', '/api/files', {}, 'a catch-all matches nothing as well'],
    ['B8', '/api/files/a//b', { path: 'a//b' }, 'a catch-all takes empty segments'],
    ['B9', '/api/echo/J%C3%BCr/%E2%9C%93', { a: 'Jür', b: '✓' }, 'values are decoded'],
    [
      'B10',
      '/api/echo/a%2Fb/c',
      { a: 'a%2Fb', b: 'c' },
      'an encoded slash stays and does not split',
    ],
    ['B10', '/api/echo/100%25/%zz', { a: '100%', b: '%zz' }, 'a broken escape stays'],
    ['B11', '/api/def', { page: '1' }, 'a default fills in'],
    ['B12', '/api/rng/10', { n: '10' }, 'the range includes its ends'],
    ['-', '/api/x/../echo/a/./b', { a: 'a', b: 'b' }, 'dot segments are removed'],
  ])('%s: the parameters of %s are %j, because %s', async (_id, target, params) => {
    const answer = await started.send(target);
    expect([answer.status, answer.told().params]).toEqual([200, params]);
  });

  test('B13: the first function by name wins, not the more literal route', async () => {
    const answer = await started.send('/api/items/list');
    expect([answer.told().name, answer.told().params]).toEqual(['aDetails', { id: 'list' }]);
  });

  test('functions in error are reported while the others run', () => {
    const errors = started.host.functions.filter(({ error }) => error !== undefined);
    expect(errors.map(({ name, error }) => [name, error])).toEqual([
      [
        'admins',
        "The specified route conflicts with one or more built in routes: it must not start with 'admin' or 'runtime'.",
      ],
      [
        'badTimer',
        "The schedule expression 'every now and then' was not recognized as a valid cron expression or timespan string.",
      ],
      [
        'queued',
        'queueTrigger needs an extension that does not run here; start the function with POST /admin/functions/queued.',
      ],
      ['rival', "The route specified conflicts with the route defined by function 'aDetails'."],
    ]);
  });

  test('two functions with one route and different methods do not conflict', () => {
    const shared = started.host.functions.filter(({ name }) => name.startsWith('shared'));
    expect(shared).toEqual([
      {
        name: 'shared-get',
        trigger: 'httpTrigger',
        methods: ['GET'],
        route: 'api/shared',
        isDisabled: false,
      },
      {
        name: 'shared-post',
        trigger: 'httpTrigger',
        methods: ['POST'],
        route: 'api/shared',
        isDisabled: false,
      },
    ]);
  });
});

describe('what the function receives', () => {
  test('C1: values of one query key are joined, whatever its case', async () => {
    const answer = await started.send('/api/echo/x?d=1&D=2&e=&f&a%20b=c+d');
    expect(answer.told().query).toEqual([
      ['d', '1,2'],
      ['e', ''],
      ['f', ''],
      ['a b', 'c d'],
    ]);
  });

  test('C2: the URL is as sent, with the Host as sent', async () => {
    const answer = await started.send('/api/echo/a%20b?d=1&d=2&code=k', {
      headers: ['Host', 'my.example:81'],
    });
    expect(answer.told().url).toBe('http://my.example:81/api/echo/a%20b?d=1&d=2&code=k');
  });

  test('C3: headers are in lower case, duplicates joined by a bare comma, empty ones left out', async () => {
    const answer = await started.send('/api/echo/x', {
      headers: ['X-Two', '1', 'x-two', '2', 'X-Empty', ''],
    });
    expect(answer.told().headers).toEqual([
      ['connection', 'close'],
      ['host', `localhost:${started.host.port}`],
      ['x-two', '1,2'],
    ]);
  });

  test('C4: the invocation id is a new GUID that no header gives away', async () => {
    const [one, two] = await Promise.all([
      started.send('/api/echo/x', { headers: ['x-ms-invocation-id', 'chosen'] }),
      started.send('/api/echo/x'),
    ]);
    const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
    expect(one.told().invocationId).toMatch(guid);
    expect(two.told().invocationId).toMatch(guid);
    expect(one.told().invocationId).not.toBe(two.told().invocationId);
    expect(two.told().triggerMetadata).toBeNull();
    expect(two.told().headers.map(([name]) => name)).not.toContain('x-ms-invocation-id');
  });

  test('C5: bytes come through unchanged, both ways', async () => {
    const body = Uint8Array.from({ length: 512 }, (_, index) => (index * 7) % 256);
    const answer = await started.send('/api/bytes', {
      method: 'POST',
      body,
      headers: ['Content-Type', 'application/x-own'],
    });
    expect([answer.headers['content-type'], [...answer.bytes]]).toEqual([
      'application/x-own',
      [...body],
    ]);
  });

  test('C6: a chunked body is dropped, and the log says so', async () => {
    const answer = await started.send('/api/echo/x', { method: 'POST', body: 'zz', chunked: true });
    expect([answer.status, answer.told().text]).toEqual([200, '']);
    expect(started.messages('system').join('\n')).toContain('A chunked request body was dropped');
  });

  test('C7: the body of a GET is dropped, and the log says so', async () => {
    const answer = await started.send('/api/echo/x', { method: 'GET', body: 'zz' });
    expect([answer.status, answer.told().text]).toEqual([200, '']);
    expect(started.messages('system').join('\n')).toContain('Discarding the body');
  });

  test('the trace of the caller is handed on', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await started.send('/api/echo/x', { headers: ['traceparent', traceparent] });
    expect(answer.told().traceParent).toBe(traceparent);
  });

  test('an absolute request target is taken by its path', async () => {
    const answer = await started.send('http://elsewhere.example/api/echo/x?q=1');
    expect(answer.told().url).toBe(`http://localhost:${started.host.port}/api/echo/x?q=1`);
  });

  test.each([
    [['Host', 'evil/@host'], 'no host has a slash'],
    [['Host', '::::'], 'nor only colons'],
    [['Host', 'a:99999'], 'nor such a port'],
    [['Host', '999.1.1.1'], 'no address has such a number'],
    [['Host', 'one.example', 'Host', 'two.example'], 'two are none'],
  ])('%j is refused: %s', async (headers, _why) => {
    const answer = await started.send('/api/hello', { headers });
    expect([answer.status, answer.text]).toEqual([400, '']);
  });

  test('an empty Host is this host', async () => {
    const answer = await started.send('/api/echo/x', { headers: ['Host', ''] });
    expect(answer.told().url).toBe(`http://localhost:${started.host.port}/api/echo/x`);
  });

  test('the environment is that of Azure Functions on this machine', async () => {
    const env = Object((await started.send('/api/env')).json());
    expect(env).toMatchObject({
      AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
      FUNCTIONS_WORKER_RUNTIME: 'node',
      WEBSITE_HOSTNAME: `localhost:${started.host.port}`,
      cwd: env['AzureWebJobsScriptRoot'],
    });
  });
});

describe('what the client gets', () => {
  test.each([
    ['A1', 'hello', 200, 'Hello, world!', 'text/plain;charset=UTF-8'],
    ['D1', 'nothing', 204, '', undefined],
    ['D1', 'nil', 204, '', undefined],
    ['D2', 'plain', 500, '', undefined],
    ['D3', 'throws', 500, '', undefined],
    ['D3', 'throwsNothing', 500, '', undefined],
    ['D4', 'empty', 200, '', undefined],
    ['D5', 'status600', 500, '', undefined],
    ['D5', 'badCookie', 500, '', undefined],
    ['D6', 'moved', 302, '', undefined],
    ['D7', 'teapot', 418, '{"a":1}', 'application/json'],
    ['D8', 'buffer', 200, '\u0000\uFFFD', undefined],
    ['D9', 'ownType', 200, '{"a":1}', 'application/vnd.x+json'],
    ['D12', 'native', 203, 'native', 'text/plain;charset=UTF-8'],
  ])('%s: %s answers %i %j with content type %j', async (_id, name, status, text, type) => {
    const answer = await started.send(`/api/${name}`);
    expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([
      status,
      text,
      type,
    ]);
  });

  test('D3: the text of an error stands in the log alone', () => {
    const line = started.logs.find(({ message }) => message.includes('Exception: secret detail'));
    expect(line).toMatchObject({ level: 'error', category: 'system', functionName: 'throws' });
  });

  test('D6: a location is passed on', async () => {
    expect((await started.send('/api/moved')).headers['location']).toBe('/elsewhere');
  });

  test('D10: cookies are written as ASP.NET Core does', async () => {
    expect((await started.send('/api/cookies')).cookies).toEqual([
      'a=x%20y%3Bz; max-age=60; path=/; secure; samesite=strict; httponly',
      'b=1; domain=ex.com; path=/p',
      'c=; path=/',
      'd=; expires=Thu, 01 Jan 1970 00:00:01 GMT; path=/; samesite=none',
    ]);
  });

  test('D12: headers of a native Response are passed on', async () => {
    expect((await started.send('/api/native')).headers['x-native']).toBe('yes');
  });

  test('headers of one connection are not the function’s to set', async () => {
    const answer = await started.send('/api/setHeader', {
      method: 'POST',
      body: JSON.stringify({ 'transfer-encoding': 'gzip', 'content-length': '99', 'x-own': '1' }),
    });
    expect([answer.status, answer.text, answer.headers['x-own']]).toEqual([200, 'x', '1']);
    expect(answer.headers['transfer-encoding']).toBe('chunked');
  });

  test('a header that cannot be sent fails the request and nothing else', async () => {
    const answer = await started.send('/api/setHeader', {
      method: 'POST',
      body: JSON.stringify({ 'x-own': 'a\u0001b' }),
    });
    expect(answer.status).toBe(500);
  });

  test('G1: GET / shows a page where no function answers', async () => {
    const answer = await started.send('/');
    expect([answer.status, answer.headers['content-type']]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
  });
});

describe('what is reported', () => {
  test('lines of a function carry its invocation, from the context and from the console', async () => {
    const before = started.logs.length;
    await started.send('/api/log');
    const lines = started.logs.slice(before).filter(({ category }) => category === 'user');
    const { invocationId } = lines[0] ?? {};
    expect(lines).toEqual(
      [
        ['information', 'user line'],
        ['warning', 'user warning'],
        ['information', 'console line', 'stdout'],
        ['error', 'console error', 'stderr'],
        ['information', 'in two halves', 'stdout'],
      ].map(([level, message, stream]) => ({
        level,
        message,
        stream,
        category: 'user',
        functionName: 'log',
        invocationId,
      })),
    );
    expect(invocationId).toBe(started.invocations.at(-1)?.id);
  });

  test('every run is framed by the lines that tools look for', async () => {
    const before = started.logs.length;
    await started.send('/api/empty');
    const [first, last] = started.logs.slice(before).map(({ message }) => message);
    expect(first).toMatch(/^Executing 'Functions\.empty' \(Reason='.+', Id=[\da-f-]{36}\)$/);
    expect(last).toMatch(
      /^Executed 'Functions\.empty' \(Succeeded, Id=[\da-f-]{36}, Duration=\d+ms\)$/,
    );
  });

  test('every request to a function is reported once', async () => {
    await started.send('/api/bytes', {
      method: 'POST',
      body: 'four',
      headers: ['content-type', 'a/b'],
    });
    const { id, durationMs, ...rest } = started.invocations.at(-1) ?? { id: '', durationMs: -1 };
    expect(rest).toEqual({
      functionName: 'bytes',
      trigger: 'http',
      method: 'POST',
      path: '/api/bytes',
      status: 200,
      succeeded: true,
      coldStart: false,
      bytesIn: 4,
      bytesOut: 4,
    });
    expect(durationMs).toBeGreaterThan(0);
    expect(id).toHaveLength(36);
  });

  test('only the first run in a process is a cold start', () => {
    expect(started.invocations.filter(({ coldStart }) => coldStart)).toHaveLength(1);
  });

  test('the warm-up trigger runs once the app is loaded', async () => {
    await eventually(
      () => started.messages('user').includes('warmed up'),
      () => started.messages(),
    );
    expect(started.messages('user').filter((message) => message === 'warmed up')).toHaveLength(1);
  });
});

describe('keys that are not enforced', () => {
  test.each([
    ['E1', '/api/keyed', 200, 'every caller is admin, as with Core Tools'],
    ['E1', '/api/mastersOnly', 200, 'every caller is admin'],
    ['E3', '/api/hello?code=wrong', 200, 'an anonymous function looks at no key'],
    ['E4', '/api/offKeyed', 200, 'an admin may call what is disabled'],
  ])('%s: %s answers %i, because %s', async (_id, target, status) => {
    expect((await started.send(target)).status).toBe(status);
  });
});

describe('the admin API', () => {
  const json = ['Content-Type', 'application/json'];

  test.each(['GET', 'POST'])('G2: %s ping answers 200 and nothing', async (method) => {
    const answer = await started.send('/admin/host/ping', { method });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  test('G2: the status is that the host runs', async () => {
    const answer = await started.send('/admin/host/status');
    expect(answer.json()).toMatchObject({ state: 'Running' });
  });

  test('a function is described in the words of Azure', async () => {
    const answer = await started.send('/admin/functions/num');
    expect(answer.json()).toMatchObject({
      name: 'num',
      language: 'node',
      isDisabled: false,
      isDirect: false,
      isProxy: false,
      href: `http://localhost:${started.host.port}/admin/functions/num`,
      invoke_url_template: `http://localhost:${started.host.port}/api/num/{id:int}`,
      config: { scriptFile: 'index.js' },
    });
  });

  test('all functions are listed', async () => {
    const answer = await started.send('/admin/functions');
    expect(answer.json()).toMatchObject(started.host.functions.map(({ name }) => ({ name })));
  });

  test.each([
    ['G3', 'tick', json, '{}', 202, 'a timer can be run by hand'],
    ['G3', 'TICK', json, '{"input":""}', 202, 'names compare without case'],
    ['G3', 'unknown', json, '{}', 404, 'there is no such function'],
    ['G3', 'tick', ['Content-Type', 'text/plain'], '{}', 415, 'only JSON is understood'],
    ['G3', 'tick', json, '', 400, 'there must be a body'],
    ['G3', 'badTimer', json, '{}', 404, 'a function in error cannot run'],
    ['G3', 'queued', json, '{"input":"{\\"a\\":1}"}', 202, 'any trigger can be run by hand'],
  ])(
    '%s: running %s with %j and %j answers %i, because %s',
    async (_id, name, headers, body, status) => {
      const answer = await started.send(`/admin/functions/${name}`, {
        method: 'POST',
        headers,
        body,
      });
      expect(answer.status).toBe(status);
    },
  );

  test('G3: what was run by hand ran', async () => {
    await eventually(
      () => started.messages('user').includes('queued {"a":1}'),
      () => started.messages('user'),
    );
    expect(started.messages('user').join('\n')).toMatch(/^tick \{"schedule":/m);
  });

  test.each([
    [['Host', 'attacker.example'], 'a page whose name was pointed here'],
    [['Origin', 'https://attacker.example'], 'a page of another site'],
    [['Host', '127.0.0.1.attacker.example'], 'a name that begins like an address'],
  ])('a request with %j is refused, because it may be %s', async (headers) => {
    expect((await started.send('/admin/host/status', { headers })).status).toBe(403);
  });

  test.each(['localhost', '127.0.0.1:7071', '[::1]:7071'])(
    '%s names this machine',
    async (name) => {
      const answer = await started.send('/admin/host/status', { headers: ['Host', name] });
      expect(answer.status).toBe(200);
    },
  );

  test('the state can be set to offline and back', async () => {
    const put = (state: string) =>
      started.send('/admin/host/state', {
        method: 'PUT',
        headers: json,
        body: JSON.stringify(state),
      });
    const statuses = [
      (await put('offline')).status,
      (await started.send('/api/hello')).status,
      (await put('running')).status,
      (await started.send('/api/hello')).status,
      (await put('else')).status,
    ];
    expect(statuses).toEqual([202, 503, 202, 200, 400]);
  });
});
