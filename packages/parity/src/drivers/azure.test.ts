import { HttpResponse } from '@azure/functions';
import { expect, test } from 'vitest';
import { azureSend, type AzureFunction } from './azure.ts';

const ask = (azureFunction: AzureFunction, headers: readonly (readonly [string, string])[] = []) =>
  azureSend(azureFunction)({
    method: 'POST',
    target: '/p?A=1&a=2',
    headers,
    body: Uint8Array.of(104, 105),
  });

test('a request is filled as the host fills it', async () => {
  let seen: unknown;
  await ask(
    async (request, context) => {
      seen = {
        url: request.url,
        query: [...request.query],
        header: request.headers.get('x-m'),
        body: await request.text(),
        params: request.params,
        named: context.functionName,
      };
      return {};
    },
    [
      ['X-M', '1'],
      ['X-m', '2'],
    ],
  );
  expect(seen).toEqual({
    url: 'https://probe.azurewebsites.net/p?A=1&a=2',
    query: [['A', '1,2']],
    header: '1,2',
    body: 'hi',
    params: { path: 'p' },
    named: 'tricloud',
  });
});

test.each<readonly [string, AzureFunction, number]>([
  ['undefined', () => undefined, 204],
  ['null', () => null, 204],
  ['an empty object', () => ({}), 200],
  [
    'a throw',
    () => {
      throw new Error('secret');
    },
    500,
  ],
  ['a status out of range', () => ({ status: 600 }), 500],
  ['a response of the library', () => new HttpResponse({ status: 418 }), 418],
])('%s is answered as the host answers it', async (_name, azureFunction, status) => {
  const answer = await ask(azureFunction);
  expect([answer.status, answer.body.byteLength]).toEqual([status, 0]);
});

test('of several set-cookie headers the last is left, and cookies are written as ASP.NET writes them', async () => {
  const headers = new Headers([
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2=='],
  ]);
  const { headers: lines } = await ask(() => ({
    headers,
    cookies: [
      { name: 'a', value: 'x y;', maxAge: 60, httpOnly: true, secure: true, sameSite: 'Strict' },
      { name: 'b', value: '1', domain: 'ex.com', path: '/p' },
      { name: 'c', value: '', expires: new Date(0) },
      { name: 'd', value: '', expires: new Date(1000), sameSite: 'None' },
    ],
  }));
  expect(lines.map(([, value]) => value)).toEqual([
    'b=2==',
    'a=x%20y%3B; max-age=60; path=/; secure; samesite=strict; httponly',
    'b=1; domain=ex.com; path=/p',
    'c=; path=/',
    'd=; expires=Thu, 01 Jan 1970 00:00:01 GMT; path=/; samesite=none',
  ]);
});

test('in stream mode the query keeps its pairs, cookies replace the header and have no default path', async () => {
  let query: unknown;
  const send = azureSend(
    (request) => {
      query = [...request.query];
      return {
        headers: { 'set-cookie': 'h=1', 'keep-alive': 'timeout=5' },
        cookies: [{ name: 'a', value: 'x=', maxAge: 1, expires: new Date(0), sameSite: 'Lax' }],
      };
    },
    { httpStream: true },
  );
  const { headers } = await send({ method: 'GET', target: '/p?A=1&a=2', headers: [] });
  expect(query).toEqual([
    ['A', '1'],
    ['a', '2'],
  ]);
  expect(headers.filter(([name]) => name !== 'x-ms-invocation-id')).toEqual([
    ['Set-Cookie', 'a=x%3D; Max-Age=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax'],
  ]);
});

test.each<readonly [string, AzureFunction, string]>([
  ['throws', () => Promise.reject(new Error('secret')), 'secret'],
  ['returns nothing', () => undefined, 'never answers'],
])('in stream mode a function that %s is never answered', async (_name, azureFunction, why) => {
  const send = azureSend(azureFunction, { httpStream: true });
  await expect(send({ method: 'GET', target: '/', headers: [] })).rejects.toThrow(why);
});
