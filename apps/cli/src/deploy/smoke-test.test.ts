import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
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

const signal = new AbortController().signal;

test('what answers after a while is waited for', async () => {
  let asked = 0;
  const url = await serve((_request, response) => {
    asked += 1;
    response.writeHead(asked > 1 ? 200 : 503).end();
  });
  expect(await smokeTest('aws', url, { isOurs: false, signal })).toEqual({
    passed: 1,
    failures: [],
  });
});

test('a function of somebody else is up when it answers, be it 404', async () => {
  const url = await serve((_request, response) => response.writeHead(404).end());
  const result = await smokeTest('google', url, { isOurs: false, signal });
  expect(result).toEqual({ passed: 1, failures: [] });
});

test('what never answers is told when nobody waits any longer', async () => {
  const url = await serve((_request, response) => response.writeHead(500).end());
  const soon = AbortSignal.timeout(200);
  const { failures } = await smokeTest('google', url, { isOurs: false, signal: soon });
  expect(failures).toEqual(['status 500']);
});
