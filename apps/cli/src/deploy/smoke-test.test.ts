import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { realTiming } from '@tricloud/deploy';
import { afterEach, expect, test } from 'vitest';
import { smokeTest } from './smoke-test.ts';

let close = async () => {};
afterEach(() => close());

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

const options = {
  runsCases: false,
  id: null,
  sign: async (request: Request) => request,
  env: {},
  signal: new AbortController().signal,
  // A wait ends at once.
  timing: { ...realTiming, wait: async () => {} },
};

test('what answers after a while is waited for', async () => {
  let asked = 0;
  const url = await serve((_request, response) => {
    asked += 1;
    response.writeHead(asked > 1 ? 200 : 503).end();
  });
  expect(await smokeTest('aws', url, options)).toEqual({ passed: 1, failures: [] });
});

test('a function of somebody else is up when it answers, be it 404', async () => {
  const url = await serve((_request, response) => response.writeHead(404).end());
  expect(await smokeTest('google', url, options)).toEqual({ passed: 1, failures: [] });
});

test('an interruption ends the wait for an answer', async () => {
  const controller = new AbortController();
  const url = await serve((_request, response) => {
    response.writeHead(500).end();
    controller.abort();
  });
  const { failures } = await smokeTest('google', url, { ...options, signal: controller.signal });
  expect(failures).toEqual(['interrupted before this deployment responded']);
});
