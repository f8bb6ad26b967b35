import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { forward } from './forward.ts';

test('a request that nobody takes is given back as it was, however often', async () => {
  const listeners: number[] = [];
  const server = createServer((request, response: ServerResponse) => {
    void (async () => {
      for (let attempt = 0; attempt < 15; attempt += 1) {
        const before = response.listenerCount('close');
        const forwarded = await forward(request, response, {
          socketPath: '/nobody/listens/here',
          executionId: 'none',
          timeoutMs: 1000,
          untilExited: () => Promise.resolve(),
        });
        if (forwarded === undefined) listeners.push(response.listenerCount('close') - before);
      }
      response.end('given back');
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('given back');
  expect(listeners).toEqual(Array.from({ length: 15 }, () => 0));
  server.close();
});
