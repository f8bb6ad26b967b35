import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHttpApiEvent } from './http-api-event.ts';

const context = {
  requestId: 'JKJaXmPLvHcESHA=',
  traceId: 'Root=1-5fff599f-6fca6ee66e37fe5e518eb45b',
  now: new Date('2026-11-22T18:30:05.123Z'),
  port: 4001,
};

function eventOf(
  target: string,
  rawHeaders: readonly string[] = [],
  body: Buffer = Buffer.alloc(0),
  method = 'GET',
) {
  const request = new IncomingMessage(new Socket());
  request.method = method;
  request.url = target;
  request.httpVersion = '1.1';
  request.rawHeaders = [...rawHeaders];
  return toHttpApiEvent(request, body, context);
}

test('is the event that API Gateway sends', () => {
  const headers = ['Host', 'api.example', 'User-Agent', 'u', 'X-M', '1', 'x-m', '2'];
  const cookies = ['Cookie', 'a=1; b=2', 'cookie', 'c=3'];
  expect(eventOf('/p%20q/?x=1&x=2&e=', [...headers, ...cookies])).toEqual({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/p%20q/',
    rawQueryString: 'x=1&x=2&e=',
    cookies: ['a=1', 'b=2', 'c=3'],
    headers: {
      host: 'api.example',
      'user-agent': 'u',
      'x-m': '1,2',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': '4001',
      'x-forwarded-proto': 'http',
      'x-amzn-trace-id': 'Root=1-5fff599f-6fca6ee66e37fe5e518eb45b',
    },
    queryStringParameters: { x: '1,2', e: '' },
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: {
        method: 'GET',
        path: '/p%20q/',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'u',
      },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
      time: '22/Nov/2026:18:30:05 +0000',
      timeEpoch: 1795372205123,
    },
    isBase64Encoded: false,
  });
});

test.each([
  ['text/html; charset=utf-8', 'é', false, 'text of any kind'],
  ['application/json', '{}', false, 'JSON'],
  ['APPLICATION/JSON', '{}', false, 'types have no case'],
  ['application/xml', '<a/>', false, 'XML'],
  ['application/javascript', '1', false, 'a script'],
  ['application/x-www-form-urlencoded', 'a=1', true, 'a form is not on the list'],
  ['application/problem+json', '{}', true, 'nor is a type that ends in +json'],
  ['image/png', 'x', true, 'bytes'],
  [undefined, 'x', true, 'no type at all'],
])('a body of %s is %s with base64 %s: %s', (type, text, isBase64Encoded, _why) => {
  const event = eventOf('/', type === undefined ? [] : ['Content-Type', type], Buffer.from(text));
  expect(event).toMatchObject({
    body: isBase64Encoded ? Buffer.from(text).toString('base64') : text,
    isBase64Encoded,
  });
});

test('no byte of any body is lost, whatever its type says', () => {
  const types = fc.constantFrom('text/plain', 'application/json', 'image/png', 'x');
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), types, (bytes, type) => {
      const event = eventOf('/', ['content-type', type], Buffer.from(bytes), 'POST');
      const encoding = event['isBase64Encoded'] === true ? 'base64' : 'utf8';
      expect(Buffer.from(String(event['body']), encoding)).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['x-forwarded-proto', 'https', 'http', 'the scheme is what the gateway saw'],
  ['x-forwarded-port', '1', '4001', 'and so is the port'],
  ['x-forwarded-for', '6.6.6.6', '6.6.6.6, 127.0.0.1', 'who really called comes last'],
  ['x-amzn-trace-id', 'mine', context.traceId, 'the trace is the gateway’s'],
])('a spoofed %s: %s becomes %s: %s', (name, given, expected, _why) => {
  expect(eventOf('/', [name, given])).toMatchObject({ headers: { [name]: expected } });
});

test.each([
  ['//evil.example/a', '//evil.example/a', 'two slashes are a path'],
  ['http://other.example/a?b', '/a', 'the absolute form names a path'],
  ['http://other.example', '/', 'or none'],
  ['/a//b/../c', '/a//b/../c', 'nothing is tidied up'],
])('the path of %s is %s: %s', (target, rawPath, _why) => {
  expect(eventOf(target)).toMatchObject({ rawPath });
});

test.each([['__proto__'], ['constructor'], ['toString']])(
  'a header %s is only a header',
  (name) => {
    const event = eventOf(`/?${name}=1`, [name, 'x']);
    expect(Object.entries(event['headers'] ?? {})).toContainEqual([name.toLowerCase(), 'x']);
    expect(Object.entries(event['queryStringParameters'] ?? {})).toEqual([[name, '1']]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  },
);
