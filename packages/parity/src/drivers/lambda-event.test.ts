import { expect, test } from 'vitest';
import type { Step } from '../contract.ts';
import { lambdaEvent, type LambdaShape } from './lambda-event.ts';

const step: Step = {
  method: 'POST',
  target: '/a%20b/%C3%A9?x=1&x=a+b&f%5B%5D=%26&flag',
  headers: [
    ['Content-Type', 'application/octet-stream'],
    ['X-M', '1'],
    ['x-m', '2'],
    ['Cookie', 'a=1; b=2'],
    ['X-Forwarded-Proto', 'http'],
  ],
  body: Uint8Array.of(0, 255),
};

test.each([
  [
    'http-api-2.0',
    {
      rawPath: '/a b/é',
      rawQueryString: 'x=1&x=a+b&f%5B%5D=%26&flag',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { x: '1,a b', 'f[]': '&', flag: '' },
    },
  ],
  [
    'function-url',
    {
      rawPath: '/a%20b/%C3%A9',
      cookies: ['a=1', 'b=2'],
      headers: { cookie: 'a=1; b=2', 'x-m': '1,2' },
    },
  ],
  [
    'http-api-1.0',
    { version: '1.0', path: '/a b/é', multiValueHeaders: { 'X-M': ['1'], 'x-m': ['2'] } },
  ],
  [
    'rest',
    {
      path: '/a%20b/%C3%A9',
      requestContext: { path: '/prod/a%20b/%C3%A9' },
      pathParameters: { proxy: 'a b/é' },
      multiValueQueryStringParameters: { x: ['1', 'a b'], 'f[]': ['&'], flag: [''] },
    },
  ],
  [
    'alb',
    {
      path: '/a%20b/%C3%A9',
      queryStringParameters: { x: 'a+b', 'f%5B%5D': '%26', flag: '' },
      headers: { 'x-m': '2' },
    },
  ],
  [
    'alb-multi-value',
    {
      multiValueQueryStringParameters: { x: ['1', 'a+b'], 'f%5B%5D': ['%26'], flag: [''] },
      multiValueHeaders: { 'x-m': ['1', '2'] },
    },
  ],
] as const)('%s writes path, query and headers in its own way', (shape, members) => {
  expect(lambdaEvent(step, shape)).toMatchObject(members);
});

const shapes: readonly LambdaShape[] = [
  'http-api-2.0',
  'http-api-1.0',
  'rest',
  'function-url',
  'alb',
  'alb-multi-value',
];

test.each(shapes)('%s sends binary in base64 and says so', (shape) => {
  expect(lambdaEvent(step, shape)).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
});

test.each([
  ['http-api-2.0', 'text'],
  ['function-url', 'text'],
  ['alb', 'text'],
  ['rest', 'dGV4dA=='],
] as const)('%s sends text as %s', (shape, body) => {
  const text: Step = {
    ...step,
    headers: [['Content-Type', 'text/plain']],
    body: new TextEncoder().encode('text'),
  };
  expect(lambdaEvent(text, shape)).toMatchObject({ body, isBase64Encoded: body !== 'text' });
});

test.each([
  ['http-api-2.0', undefined],
  ['function-url', undefined],
  ['http-api-1.0', null],
  ['rest', null],
  ['alb', ''],
] as const)('%s writes no body as %j', (shape, body) => {
  expect(lambdaEvent({ method: 'GET', target: '/', headers: [] }, shape)['body']).toBe(body);
});

test('a client does not choose the scheme or the host', () => {
  const event = lambdaEvent(
    {
      method: 'GET',
      target: '/',
      headers: [
        ['Host', 'evil.example'],
        ['X-Forwarded-Proto', 'http'],
      ],
    },
    'http-api-2.0',
  );
  expect(event).toMatchObject({
    headers: { host: 'abc123.execute-api.us-east-1.amazonaws.com', 'x-forwarded-proto': 'https' },
  });
});
