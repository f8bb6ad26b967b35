import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, start, type Started } from './support.ts';

let started: Started;
beforeAll(async () => {
  started = await start('stream');
});
afterAll(() => started.host.close());

/** How many invocations have begun and not ended, by what the host says of them. */
function running(): number {
  const words = started.messages('system').map((message) => message.split(' ')[0]);
  const count = (word: string): number => words.filter((other) => other === word).length;
  return count('Executing') - count('Executed');
}

test('C1s: the query is that of the URL, key by key', async () => {
  const answer = await started.send('/api/echo?d=1&d=2&D=3&e=');
  expect(answer.told().query).toEqual([
    ['d', '1'],
    ['d', '2'],
    ['D', '3'],
    ['e', ''],
  ]);
});

test('C3s: parameters are those of the route, the query and the JSON body, in this order of weight', async () => {
  const answer = await started.send('/api/echo/route?id=query&q=query&b=query&code=secret', {
    method: 'POST',
    headers: ['Content-Type', 'application/json'],
    body: JSON.stringify({ id: 'body', b: 'body', c: 'body', n: 1 }),
  });
  expect(answer.told().params).toEqual({ id: 'route', q: 'query', b: 'query', c: 'body' });
  expect(answer.told().text).toBe('{"id":"body","b":"body","c":"body","n":1}');
});

test.each(['POST', 'PUT', 'DELETE'])(
  'C6s: the chunked body of a %s comes through',
  async (method) => {
    const answer = await started.send('/api/echo', { method, body: 'zz', chunked: true });
    expect([answer.status, answer.told().text]).toEqual([200, 'zz']);
  },
);

test('C4s: the id of the invocation is the host’s, whatever the client sends', async () => {
  const answer = await started.send('/api/echo', {
    headers: [
      'x-ms-invocation-id',
      'chosen',
      'X-Forwarded-Host',
      'attacker.example',
      'x-forwarded-proto',
      'https',
    ],
  });
  const { invocationId, url, headers } = answer.told();
  expect(invocationId).toMatch(/^[\da-f-]{36}$/);
  expect(answer.headers['x-ms-invocation-id']).toBe(invocationId);
  expect(url).toBe(`http://localhost:${started.host.port}/api/echo`);
  expect(Object.fromEntries(headers)).toMatchObject({ 'x-forwarded-host': 'attacker.example' });
});

test('a large body with a length is streamed, not held', async () => {
  const body = new Uint8Array(3 * 1024 * 1024);
  const answer = await started.send('/api/count', { method: 'POST', body });
  expect(answer.text).toBe(String(body.byteLength));
  await eventually(
    () => started.invocations.at(-1)?.bytesIn === body.byteLength,
    () => started.invocations.at(-1),
  );
});

test('a function may answer without reading the body', async () => {
  const body = new Uint8Array(8 * 1024 * 1024);
  const answer = await started.send('/api/ignores', { method: 'POST', body });
  expect([answer.status, answer.text]).toEqual([403, 'no']);
  await expect(started.send('/api/echo')).resolves.toMatchObject({ status: 200 });
});

test('D13s: chunks reach the client one by one', async () => {
  const answer = await started.send('/api/five');
  expect([answer.reads.length, answer.text]).toEqual([
    5,
    'chunk 0;chunk 1;chunk 2;chunk 3;chunk 4;',
  ]);
});

test('D1s: a function that returns nothing is answered with 204 and a warning that Azure hangs', async () => {
  const answer = await started.send('/api/nothing');
  expect([answer.status, answer.text]).toEqual([204, '']);
  expect(started.messages('system').join('\n')).toContain(
    'returned nothing in stream mode: Azure would leave the client without an answer',
  );
});

test('D3s: a function that throws is answered with 500 and a warning that Azure hangs', async () => {
  const answer = await started.send('/api/throws');
  expect([answer.status, answer.text]).toEqual([500, '']);
  expect(started.messages('system').join('\n')).toContain('failed in stream mode');
});

test('D10s: cookies are written as the library does, without a default path', async () => {
  const answer = await started.send('/api/cookies');
  expect([answer.status, answer.cookies]).toEqual([
    201,
    ['a=x%20y; Max-Age=60; HttpOnly', 'c=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
  ]);
});

test('HEAD has headers and no body', async () => {
  const answer = await started.send('/api/echo', { method: 'HEAD' });
  expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
    200,
    'application/json',
    '',
  ]);
});

test('a body that breaks off breaks off at the client', async () => {
  await expect(started.send('/api/breaksOff')).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  await expect(started.send('/api/echo')).resolves.toMatchObject({ status: 200 });
});

test('a client that goes away leaves the host in order', async () => {
  await new Promise<void>((resolve) => {
    const outgoing = httpRequest(
      `${started.host.url}/api/endless`,
      { agent: false },
      (incoming) => {
        incoming.once('data', () => {
          outgoing.destroy();
          resolve();
        });
      },
    );
    outgoing.on('error', () => {});
    outgoing.end();
  });
  await expect(started.send('/api/echo')).resolves.toMatchObject({ status: 200 });
});

test.each([
  ['Content-Length: 1000', 'less than what is read first'],
  ['Content-Length: 3000000', 'more than what is read first'],
  ['Transfer-Encoding: chunked', 'without a length'],
])(
  'a client that goes away within a body (%s) leaves nothing running: %s',
  async (header, _why) => {
    const before = running();
    await new Promise<void>((resolve) => {
      const socket = connect(started.host.port, '127.0.0.1', () => {
        socket.write(`POST /api/count HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n`);
        socket.write('3\r\nabc\r\n', () => socket.destroy());
      });
      socket.once('close', () => resolve());
    });
    // What comes later is answered later: the host has seen the other client go.
    await started.send('/api/echo');
    await expect.poll(running, { timeout: 10_000 }).toBeLessThanOrEqual(before);
  },
);

test('one request cannot get the answer of another', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      started.send('/api/echo', { method: 'POST', body: `body ${index}` }),
    ),
  );
  expect(answers.map((answer) => answer.told().text)).toEqual(
    Array.from({ length: 20 }, (_, index) => `body ${index}`),
  );
});

test('the library’s own server listens on this machine only', async () => {
  const line = await new Promise<string>((resolve, reject) => {
    void eventually(
      () => started.messages('system').some((message) => message.includes('Auto-assigned port')),
      () => started.messages('system'),
    ).then(
      () =>
        resolve(started.messages('system').find((text) => text.includes('Auto-assigned')) ?? ''),
      reject,
    );
  });
  const port = Number(/Port: (\d+)/.exec(line)?.[1]);
  const sockets = await import('node:fs/promises')
    .then((fs) => fs.readFile('/proc/net/tcp', 'utf8'))
    .catch(() => undefined);
  if (sockets === undefined) return;
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  expect(sockets).toContain(`0100007F:${hex} 00000000:0000 0A`);
});
