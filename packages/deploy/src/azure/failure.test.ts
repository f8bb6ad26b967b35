import { describe, expect, test } from 'vitest';
import { readErrorBody, readFailure } from './failure.ts';

const inner = { code: 'QuotaExceeded', message: 'No more.' };

describe('an error of Resource Manager', () => {
  test.each([
    ['as it is', { error: inner }, inner],
    ['without a wrapping', inner, inner],
    ['in details', { error: { code: 'A', message: 'a', details: [inner] } }, inner],
    [
      'in details of details',
      {
        error: {
          code: 'A',
          message: 'a',
          details: [{ code: 'B', message: 'b', details: [inner] }],
        },
      },
      inner,
    ],
    [
      'as text in a message',
      { error: { code: 'A', message: JSON.stringify({ error: inner }) } },
      inner,
    ],
    [
      'as text in a message of a detail',
      {
        error: {
          code: 'A',
          message: 'a',
          details: [
            { code: 'B', message: JSON.stringify({ Code: 'QuotaExceeded', Message: 'No more.' }) },
          ],
        },
      },
      inner,
    ],
    ['twice', { error: { code: 'A', message: 'a', details: [inner, inner] } }, inner],
    [
      'as two',
      { error: { code: 'A', message: 'a', details: [inner, { code: 'C', message: 'And this.' }] } },
      { code: 'QuotaExceeded', message: 'No more.; And this.' },
    ],
    [
      'with a message that only looks like JSON',
      { error: { code: 'A', message: '{not JSON' } },
      { code: 'A', message: '{not JSON' },
    ],
    ['with a code alone', { error: { code: 'A' } }, { code: 'A', message: 'A' }],
    ['with empty details', { error: { ...inner, details: [] } }, inner],
  ])('%s is told by the innermost of it', (_where, body, told) => {
    expect(readErrorBody(body)).toEqual(told);
  });

  test.each([[undefined], [null], ['text'], [{}], [[]], [{ error: null }]])(
    'is none in %j',
    (body) => {
      expect(readErrorBody(body)).toBeNull();
    },
  );

  test('ends where somebody nests it without end', () => {
    let body: unknown = inner;
    for (let depth = 0; depth < 5000; depth += 1) body = { error: { details: [body] } };
    expect(readErrorBody(body)).toBeNull();
  });
});

describe('what a client threw', () => {
  test('is told with the status and the id that support asks for', () => {
    const headers = new Map([['x-ms-correlation-request-id', 'an-id']]);
    const thrown = Object.assign(new Error('whole body'), {
      statusCode: 403,
      code: 'Outer',
      response: { status: 403, bodyAsText: JSON.stringify({ error: inner }), headers },
    });
    expect(readFailure(thrown)).toEqual({ ...inner, status: 403, correlationId: 'an-id' });
  });

  test('is told by its own message where nothing was answered', () => {
    const thrown = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(readFailure(thrown)).toEqual({
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED',
      status: null,
      correlationId: null,
    });
  });
});
