import { once } from 'node:events';
import { createServer } from 'node:http';
import { toNodeListener } from '@tricloud/adapters/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handler } from './function.ts';

const server = createServer(toNodeListener(handler));
let origin = '';

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
  server.close();
});

test('greets by name and says who answered', async () => {
  const response = await fetch(`${origin}/?name=Lan`);

  expect(await response.json()).toEqual({ hello: 'Lan', from: 'node', coldStart: true });
});

test('greets the world when it is given no name', async () => {
  const response = await fetch(origin);

  expect(await response.json()).toMatchObject({ hello: 'world', coldStart: false });
});

test('knows one page only', async () => {
  const response = await fetch(`${origin}/other`);

  expect({ status: response.status, body: await response.text() }).toEqual({
    status: 404,
    body: 'not here',
  });
});
