import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHttpAnswer } from './http-api-answer.ts';

const answered = (result: unknown) => {
  const answer = toHttpAnswer(JSON.stringify(result));
  return answer === undefined ? undefined : { ...answer, body: answer.body.toString('utf8') };
};

test('a whole result is passed on: status, headers, every cookie a line, body', () => {
  expect(
    answered({
      statusCode: 201,
      headers: { 'x-a': 'b', 'x-n': 7, 'x-null': null },
      cookies: ['a=1; Expires=Tue, 09 Jun 2026 10:00:00 GMT', 'b=2'],
      body: 'é',
    }),
  ).toEqual({
    status: 201,
    headers: [
      ['x-a', 'b'],
      ['x-n', '7'],
      ['set-cookie', 'a=1; Expires=Tue, 09 Jun 2026 10:00:00 GMT'],
      ['set-cookie', 'b=2'],
    ],
    body: 'é',
  });
});

test.each([
  [{ statusCode: 200, body: 'aGk=', isBase64Encoded: true }, 'hi', 'base64 is decoded'],
  [{ statusCode: 200, body: 'aGk=' }, 'aGk=', 'unless it is not said'],
  [{ statusCode: '204' }, '', 'no body, and a status as text'],
  [{ hello: 1 }, '{"hello":1}', 'no status: the result is the body'],
  ['text', 'text', 'a string is itself'],
  [null, 'null', 'nothing is null'],
  [[1], '[1]', 'a list is JSON'],
])('of %j the body is %j: %s', (result, body, _why) => {
  expect(answered(result)?.body).toBe(body);
});

test.each([
  [{ statusCode: 99 }, 'no such status'],
  [{ statusCode: 600 }, 'no such status'],
  [{ statusCode: 'high' }, 'no number'],
  [{ statusCode: 200, body: { a: 1 } }, 'a body is text'],
  [{ statusCode: 200, headers: [] }, 'headers are a record'],
  [{ statusCode: 200, cookies: 'a=1' }, 'cookies are a list'],
  [{ statusCode: 200, headers: { 'x-a': 'b\r\nx-evil: 1' } }, 'a line break splits a response'],
  [{ statusCode: 200, headers: { 'x a': 'b' } }, 'a space is in no name'],
  [{ statusCode: 200, cookies: ['a=1\nb'] }, 'nor is one in a cookie'],
  [{ statusCode: 200, headers: { 'x-a': '日本' } }, 'a header has no such characters'],
])('%j cannot be understood: %s', (result, _why) => {
  expect(answered(result)).toBeUndefined();
});

test('no result, however odd, throws or makes a header that node would refuse', () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 3 }), fc.anything(), (headers, body) => {
      const json = JSON.stringify(
        { statusCode: 200, headers, body, cookies: [body] },
        (_key, value) => (typeof value === 'bigint' ? String(value) : (value as unknown)),
      );
      const answer = toHttpAnswer(json);
      for (const [name, value] of answer?.headers ?? []) {
        expect(() => new Headers([[name, value]])).not.toThrow();
      }
    }),
    { numRuns: 300 },
  );
});
