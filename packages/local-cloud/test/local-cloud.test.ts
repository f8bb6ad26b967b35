import { randomBytes } from 'node:crypto';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProviderId } from '../src/index.ts';
import { fixtureFunction } from './app-dirs.ts';
import { patience, startTestCloud, type TestCloud, textOf } from './cloud.ts';

const providers: readonly ProviderId[] = ['aws', 'google', 'azure'];
let running: TestCloud;

beforeAll(async () => {
  running = await startTestCloud({
    env: { GREETING: 'from .env', AWS_REGION: 'mine', K_SERVICE: 'mine' },
  });
});
afterAll(() => running.close());

const pidOf = async (provider: ProviderId) => Number(await textOf(running.url(provider, '/pid')));

describe.each(providers)('%s', (provider) => {
  test('writes one record for an invocation, with what it cost', async () => {
    const answer = await fetch(running.url(provider, '/echo?of=record'), {
      method: 'POST',
      body: 'four',
    });
    const record = await running.until((event) =>
      event.type === 'record' && event.record.provider === provider && event.record.path === '/echo'
        ? event.record
        : undefined,
    );

    expect(await answer.text()).toBe('four');
    expect(record).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      provider,
      id: expect.stringMatching(/^[\w-]{12,}$/),
      method: 'POST',
      path: '/echo',
      status: 200,
      coldStart: expect.any(Boolean),
      durationMs: expect.any(Number),
      billedDurationMs: expect.any(Number),
      memoryMiB: { aws: 256, google: 512, azure: 2048 }[provider],
      bytesIn: 4,
      bytesOut: 4,
      costUsd: expect.stringMatching(/^0\.0000\d+$/),
    });
    expect(record.billedDurationMs).toBeGreaterThanOrEqual(record.durationMs);
  });

  test('gives every line of a log to the invocation that wrote it', async () => {
    const id = await textOf(running.url(provider, '/log'));
    await running.until((event) =>
      event.type === 'log' && event.invocationId === id && event.line === 'four' ? true : undefined,
    );
    const lines = running.events.flatMap((event) =>
      event.type === 'log' && event.invocationId === id && event.provider === provider
        ? [`${event.stream}: ${event.line}`]
        : [],
    );
    expect([...lines].sort()).toEqual([
      'stderr: four',
      'stderr: three',
      'stdout: one',
      'stdout: two',
    ]);
  });

  test('shows stacks with the lines of the source, not of the bundle', async () => {
    const id = await textOf(running.url(provider, '/stack'));
    const line = await running.until((event) =>
      event.type === 'log' && event.invocationId === id && event.line.includes('function.ts')
        ? event.line
        : undefined,
    );
    expect(line).toContain(`(${fixtureFunction}:`);
  });

  test('tells logs of requests that overlap from each other', async () => {
    const ids = await Promise.all(
      ['first', 'second', 'third'].map(async (who, index) => {
        const target = `/late-log?who=${who}&n=${60 - index * 20}`;
        const id = await textOf(running.url(provider, target));
        return [`line of ${who}`, id];
      }),
    );
    const logged = await Promise.all(
      ids.map(([line]) =>
        running.until((event) =>
          event.type === 'log' && event.provider === provider && event.line === line
            ? [event.line, event.invocationId]
            : undefined,
        ),
      ),
    );
    expect(logged).toEqual(ids);
  });

  test('answers a bare 500 to what the function throws', async () => {
    const answer = await fetch(running.url(provider, '/throw'));
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
  });

  test('is back after its instance is killed, and the others have not noticed', async () => {
    const before = await Promise.all(providers.map((one) => pidOf(one)));
    const killed = await pidOf(provider);
    process.kill(killed, 'SIGKILL');
    await running.until((event) =>
      event.type === 'exit' && event.provider === provider && event.signal === 'SIGKILL'
        ? true
        : undefined,
    );
    const after = await Promise.all(providers.map((one) => pidOf(one)));
    const index = providers.indexOf(provider);
    expect(after[index]).not.toBe(killed);
    expect(after.toSpliced(index, 1)).toEqual(before.toSpliced(index, 1));
  });

  test.each([
    ['/exit?n=3', 'the function exits'],
    ['/reject', 'a rejection is caught by nobody'],
  ])('fails the one request of %s and serves the next: %s', async (target) => {
    const failed = await fetch(running.url(provider, target));
    expect(failed.status).toBeGreaterThanOrEqual(500);
    expect(await textOf(running.url(provider, '/'))).toBe('fixture');
  });

  test('shows all that the function printed before it ended its process', async () => {
    // On Azure lines are messages between processes, of which more than about 100 KB are lost, as there.
    const lines = provider === 'azure' ? 50 : 3000;
    await fetch(running.url(provider, `/flood?n=${lines}`));
    await expect
      .poll(
        () =>
          running.events.filter(
            (event) =>
              event.type === 'log' && event.provider === provider && event.line.startsWith('flood'),
          ).length,
        patience,
      )
      .toBe(lines);
  });

  test('answers a thousand requests at once, each its own', async () => {
    const bodies = Array.from({ length: 1024 }, (_, index) => `body ${index}`);
    const answers = await Promise.all(
      bodies.map(async (body) => {
        const answer = await fetch(running.url(provider, '/echo'), { method: 'POST', body });
        return answer.text();
      }),
    );
    expect(answers).toEqual(bodies);
  });
});

test('gives a function the provider’s variables, which the user’s cannot replace', async () => {
  const [aws, google, azure] = await Promise.all(
    providers.map((provider) => jsonOf(running.url(provider, '/env'))),
  );
  expect(aws).toMatchObject({
    GREETING: 'from .env',
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'tricloud',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    TZ: ':UTC',
    _HANDLER: 'index.handler',
  });
  expect(google).toMatchObject({
    GREETING: 'from .env',
    K_SERVICE: 'tricloud',
    FUNCTION_TARGET: 'tricloud',
    FUNCTION_SIGNATURE_TYPE: 'http',
    NODE_ENV: 'production',
  });
  expect(azure).toMatchObject({
    GREETING: 'from .env',
    FUNCTIONS_WORKER_RUNTIME: 'node',
    WEBSITE_SITE_NAME: 'tricloud',
  });
});

describe('sizes', () => {
  const megabyte = 1024 * 1024;

  test.each([
    ['aws', 4.4, 200, 'base64 of it fits in 6 MB of JSON'],
    ['aws', 5, 413, 'base64 of it does not'],
    ['aws', 11, 413, 'the gateway itself takes 10 MB'],
    ['google', 31.9, 200, 'below 32 MiB'],
    ['google', 33, 413, 'above 32 MiB'],
  ] as const)('%s takes a body of %d MB with %d: %s', async (provider, size, status, _why) => {
    const answer = await fetch(running.url(provider, '/echo'), {
      method: 'POST',
      body: randomBytes(Math.floor(size * megabyte)),
      headers: { 'content-type': 'application/octet-stream' },
    });
    const { byteLength } = await answer.arrayBuffer();
    const isEchoed = byteLength === Math.floor(size * megabyte);
    expect({ status: answer.status, isEchoed }).toEqual({ status, isEchoed: status === 200 });
  });

  test('google refuses a body that only turns out too large', async () => {
    const status = await new Promise((resolve, reject) => {
      const upload = request(
        running.url('google', '/echo'),
        { method: 'POST', headers: { 'content-type': 'application/octet-stream' } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      upload.on('error', reject);
      for (let sent = 0; sent < 34; sent += 1) upload.write(Buffer.alloc(megabyte));
      upload.end();
    });
    expect(status).toBe(413);
  });

  test.each([
    ['aws', 7 * megabyte, 500],
    ['google', 33 * megabyte, 500],
  ] as const)('%s holds back an answer of %d bytes', async (provider, bytes, status) => {
    const answer = await fetch(running.url(provider, `/bytes?n=${bytes}`));
    await answer.arrayBuffer();
    expect(answer.status).toBe(status);
  });
});

describe('the control API', () => {
  test('tells what runs and what was invoked', async () => {
    await textOf(running.url('aws', '/pid?told'));
    expect(await jsonOf(new URL('/api/status', running.cloud.consoleUrl))).toMatchObject({
      providers: providers.map((provider) => ({ provider, url: running.cloud.urls[provider] })),
    });
    expect(await jsonOf(new URL('/api/records', running.cloud.consoleUrl))).toMatchObject({
      records: expect.arrayContaining([expect.objectContaining({ path: '/pid', provider: 'aws' })]),
    });
  });

  test.each([
    ['GET', '/api/status', { host: 'evil.example' }, 421, 'a name that resolves to this machine'],
    ['GET', '/api/records', { origin: 'http://evil.example' }, 403, 'a page of another origin'],
    ['GET', '/api/events', { 'sec-fetch-site': 'cross-site' }, 403, 'an image on another page'],
    ['POST', '/api/status', {}, 405, 'nothing is changed here'],
    ['GET', '/api/nothing', {}, 404, 'no such path'],
  ])('answers %s %s with %j by %d: %s', async (method, path, headers, status, _why) => {
    expect((await ask(path, { ...headers }, method)).status).toBe(status);
  });

  test('streams events as they happen', async () => {
    const stream = await fetch(new URL('/api/events', running.cloud.consoleUrl));
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await fetch(running.url('aws', '/pid?streamed'));
    let text = '';
    while (!text.includes('event: record')) text += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    expect(text).toContain('"path":"/pid"');
  });
});

function ask(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET') {
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const asked = request(
      new URL(path, running.cloud.consoleUrl),
      { method, headers },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          body += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode, body }));
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

async function jsonOf(url: string | URL): Promise<unknown> {
  return (await fetch(url)).json();
}
