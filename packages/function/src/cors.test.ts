import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { cors, corsOriginsFromEnvironment, InvalidOriginError, parseCorsOrigins } from './cors.ts';

describe('parseCorsOrigins', () => {
  test.each([
    { list: '', expected: [], why: 'nothing is configured' },
    { list: ' , ', expected: [], why: 'separators alone name nothing' },
    { list: '*', expected: ['*'], why: 'any origin' },
    {
      list: 'https://a.example, http://localhost:5173',
      expected: ['https://a.example', 'http://localhost:5173'],
      why: 'a comma and a space part them',
    },
    {
      list: 'https://a.example\nhttps://b.example',
      expected: ['https://a.example', 'https://b.example'],
      why: 'so does a line end',
    },
  ])('reads $list: $why', ({ list, expected }) => {
    expect(parseCorsOrigins(list)).toEqual(expected);
  });

  test.each([
    { list: 'a.example', why: 'no scheme' },
    { list: 'https://a.example/', why: 'a browser sends no path, not even a slash' },
    { list: 'https://a.example/app', why: 'an origin has no path' },
    { list: 'https://A.example', why: 'a browser sends the host in lower case' },
    { list: 'https://a.example:443', why: 'a browser leaves the usual port out' },
    { list: 'null', why: 'every sandboxed page is the origin null' },
    { list: 'file:///', why: 'not of the web' },
    { list: 'https://*.example', why: 'there are no patterns' },
  ])('refuses $list: $why', ({ list }) => {
    expect(() => parseCorsOrigins(list)).toThrow(InvalidOriginError);
  });
});

describe('corsOriginsFromEnvironment', () => {
  test.each([
    { scope: {}, expected: [], why: 'there is no process' },
    { scope: { process: {} }, expected: [], why: 'it has no environment' },
    { scope: { process: { env: {} } }, expected: [], why: 'it is unset' },
    {
      scope: { process: { env: { TRICLOUD_CORS_ORIGINS: 'https://a.example' } } },
      expected: ['https://a.example'],
      why: 'it is set',
    },
  ])('gives $expected when $why', ({ scope, expected }) => {
    expect(corsOriginsFromEnvironment(scope)).toEqual(expected);
  });
});

describe('cors', () => {
  const mine = 'https://a.example';
  const preflight = { origin: mine, 'access-control-request-method': 'POST' };

  test.each([
    {
      origins: [],
      method: 'GET',
      sent: { origin: mine },
      expected: {},
      why: 'nothing is configured',
    },
    {
      origins: [mine],
      method: 'GET',
      sent: {},
      expected: { vary: 'Origin' },
      why: 'no origin asks',
    },
    {
      origins: [mine],
      method: 'GET',
      sent: { origin: 'https://b.example' },
      expected: { vary: 'Origin' },
      why: 'another origin asks',
    },
    {
      origins: ['https://b.example', mine],
      method: 'GET',
      sent: { origin: mine },
      expected: { vary: 'Origin', 'access-control-allow-origin': mine },
      why: 'an origin on the list asks',
    },
    {
      origins: ['*'],
      method: 'GET',
      sent: { origin: mine },
      expected: { 'access-control-allow-origin': '*' },
      why: 'everyone may, so the answer is the same for all',
    },
    {
      origins: [mine],
      method: 'OPTIONS',
      sent: preflight,
      expected: {
        vary: 'Origin',
        'access-control-allow-origin': mine,
        'access-control-allow-methods': 'POST, OPTIONS',
        'access-control-allow-headers': 'Accept, Accept-Language, Content-Type',
        'access-control-max-age': '600',
      },
      why: 'a preflight asks for an origin on the list',
    },
    {
      origins: [mine],
      method: 'OPTIONS',
      sent: { ...preflight, origin: 'https://b.example' },
      expected: { vary: 'Origin' },
      why: 'a preflight asks for another origin',
    },
    {
      origins: [mine],
      method: 'OPTIONS',
      sent: { origin: mine },
      expected: { vary: 'Origin', 'access-control-allow-origin': mine },
      why: 'OPTIONS without the method that is to follow is no preflight',
    },
  ])('$method adds $expected when $why', async ({ origins, method, sent, expected }) => {
    const app = new Hono().use(cors(origins));
    app.all('*', (c) => c.body(null, 204, method === 'OPTIONS' ? { allow: 'POST, OPTIONS' } : {}));
    const { headers } = await app.request('/', { method, headers: { ...sent } });
    headers.delete('allow');
    expect(Object.fromEntries(headers)).toEqual(expected);
  });
});
