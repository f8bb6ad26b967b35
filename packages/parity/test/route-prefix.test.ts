import { toAzureFunction } from '@tricloud/adapters/azure';
import { expect, test } from 'vitest';
import { azureSend } from '../src/drivers/index.ts';
import { handler } from '../src/probe.ts';

// P21 for Azure: the prefix is a setting of the app (host.json), so that no event can tell it.
test.each([
  ['api', '/api/echo/x', '/echo/x', 'the host’s default prefix'],
  ['v1/shop', '/v1/shop/echo/x', '/echo/x', 'a prefix of two segments'],
  ['', '/echo/x', '/echo/x', 'no prefix'],
  ['echo', '/echo/echo/x', '/echo/x', 'a prefix that is also a segment'],
])(
  'behind the route prefix %j the function sees %s as %s (%s)',
  async (routePrefix, target, path, _why) => {
    const send = azureSend(toAzureFunction(handler, { routePrefix }));
    const { status, body } = await send({ method: 'GET', target, headers: [] });
    expect([status, JSON.parse(new TextDecoder().decode(body)).path]).toEqual([200, path]);
  },
);
