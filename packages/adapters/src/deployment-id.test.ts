import { afterEach, describe, expect, test, vi } from 'vitest';
import { callHandler } from './call-handler.ts';
import type { Invocation } from './index.ts';

const invocation: Invocation = {
  provider: 'aws',
  id: '1',
  functionName: 'hello',
  region: 'us-east-1',
  runtime: 'nodejs24',
  memoryMiB: 512,
  coldStart: false,
  remainingMs: () => 1000,
};
const asking = () =>
  new Request('https://shop.example/', { headers: { 'tricloud-deployment-id': '?' } });
const call = (request: Request, handler: () => Response) =>
  callHandler(handler, request, invocation);

afterEach(() => vi.unstubAllEnvs());

describe('the id of the deployment', () => {
  test.each([
    ['a success', () => new Response('hello', { headers: { a: 'b' } }), 200, 'hello'],
    [
      'a redirect, whose headers are immutable',
      () => Response.redirect('https://a.example/', 302),
      302,
      '',
    ],
    ['a response without a body', () => new Response(null, { status: 204 }), 204, ''],
  ])('is added to %s of a request that asks', async (_what, handler, status, text) => {
    vi.stubEnv('TRICLOUD_DEPLOYMENT_ID', '0123abcd');
    const response = await call(asking(), handler);
    expect(response.headers.get('tricloud-deployment-id')).toBe('0123abcd');
    expect([response.status, await response.text()]).toEqual([status, text]);
    expect(response.headers.get('a')).toBe(handler().headers.get('a'));
  });

  test('is added where the handler failed', async () => {
    vi.stubEnv('TRICLOUD_DEPLOYMENT_ID', '0123abcd');
    const spy = vi.spyOn(console, 'error').mockReturnValue();
    const response = await call(asking(), () => {
      throw new Error('no');
    });
    spy.mockRestore();
    expect(response.headers.get('tricloud-deployment-id')).toBe('0123abcd');
  });

  test('is not sent to a request that does not ask for it', async () => {
    vi.stubEnv('TRICLOUD_DEPLOYMENT_ID', '0123abcd');
    const response = await call(new Request('https://shop.example/'), () => new Response());
    expect(response.headers.has('tricloud-deployment-id')).toBe(false);
  });

  test('is not there where it was not set', async () => {
    vi.stubEnv('TRICLOUD_DEPLOYMENT_ID', '');
    const response = await call(asking(), () => new Response());
    expect(response.headers.has('tricloud-deployment-id')).toBe(false);
  });
});
