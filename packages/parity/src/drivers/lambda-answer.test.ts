import { describe, expect, test } from 'vitest';
import { lambdaAnswer } from './lambda-answer.ts';
import type { LambdaShape } from './lambda-event.ts';

const body = new TextEncoder().encode('hi');
const result = {
  statusCode: 200,
  headers: { 'X-One': '1', 'Set-Cookie': 'a=1' },
  multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
  cookies: ['c=3'],
  body: 'aGk=',
  isBase64Encoded: true,
};

describe('of one result', () => {
  test.each<readonly [LambdaShape, unknown, string]>([
    [
      'http-api-2.0',
      [
        ['X-One', '1'],
        ['Set-Cookie', 'a=1'],
        ['set-cookie', 'c=3'],
      ],
      'cookies, no multiValueHeaders',
    ],
    [
      'function-url',
      [
        ['X-One', '1'],
        ['Set-Cookie', 'a=1'],
        ['set-cookie', 'c=3'],
      ],
      'as payload 2.0',
    ],
    [
      'http-api-1.0',
      [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['X-One', '1'],
      ],
      'both, each pair once',
    ],
    [
      'rest',
      [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['X-One', '1'],
      ],
      'both, each pair once',
    ],
    [
      'alb',
      [
        ['X-One', '1'],
        ['Set-Cookie', 'a=1'],
      ],
      'headers alone',
    ],
    [
      'alb-multi-value',
      [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
      'multiValueHeaders alone',
    ],
  ])('%s reads its own members', (shape, headers) => {
    expect(lambdaAnswer(result, shape, 'GET')).toEqual({ status: 200, headers, body });
  });

  test.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ])('%s with %i has no body', (method, statusCode) => {
    expect(lambdaAnswer({ statusCode, body: 'x' }, 'http-api-2.0', method).body).toEqual(
      new Uint8Array(),
    );
  });
});

test('REST renames the headers that it keeps for itself', () => {
  expect(
    lambdaAnswer({ statusCode: 401, headers: { 'WWW-Authenticate': 'Basic' } }, 'rest', 'GET')
      .headers,
  ).toEqual([['x-amzn-remapped-www-authenticate', 'Basic']]);
});

test('payload 2.0 takes a result without a status code for the body of a 200', () => {
  const answer = lambdaAnswer({ message: 'hi' }, 'http-api-2.0', 'GET');
  expect([answer.status, new TextDecoder().decode(answer.body)]).toEqual([200, '{"message":"hi"}']);
});

test.each([
  [{ message: 'hi' }, 'rest', 502],
  [null, 'alb', 502],
  [{ statusCode: 'many' }, 'http-api-2.0', 500],
  [{ statusCode: 99 }, 'rest', 502],
  [{ statusCode: 200, body: { not: 'text' } }, 'http-api-2.0', 500],
  [{ statusCode: 200, headers: { a: { not: 'text' } } }, 'alb', 502],
] as const)('%j is refused by %s with %i', (wrong, shape, status) => {
  expect(lambdaAnswer(wrong, shape, 'GET').status).toBe(status);
});
