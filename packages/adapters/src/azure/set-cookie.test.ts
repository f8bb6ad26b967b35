import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSetCookie } from './set-cookie.ts';

const expires = new Date('2026-06-09T10:18:14.000Z');

test.each([
  ['a bare pair', 'a=1', { name: 'a', value: '1', path: '' }, true],
  [
    'every attribute',
    'a=1; Expires=Tue, 09 Jun 2026 10:18:14 GMT; Max-Age=60; Domain=ex.com; Path=/p; Secure; HttpOnly; SameSite=Lax',
    {
      name: 'a',
      value: '1',
      path: '/p',
      expires,
      maxAge: 60,
      domain: 'ex.com',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
    },
    true,
  ],
  [
    'attributes in any case',
    'a=1;SECURE; samesite=STRICT',
    { name: 'a', value: '1', path: '', secure: true, sameSite: 'Strict' },
    true,
  ],
  ['the last of two', 'a=1; Path=/x; Path=/y', { name: 'a', value: '1', path: '/y' }, true],
  [
    'an escaped value is handed over unescaped',
    'a=x%20y',
    { name: 'a', value: 'x y', path: '' },
    true,
  ],
  ['a sign that the host escapes', 'a=dGVzdA==', { name: 'a', value: 'dGVzdA==', path: '' }, false],
  ['quotes', 'a="x"', { name: 'a', value: '"x"', path: '' }, false],
  ['a percent that escapes nothing', 'a=100%', { name: 'a', value: '100%', path: '' }, false],
  [
    'deletion by the epoch',
    'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    { name: 'a', value: '', path: '', maxAge: 0 },
    true,
  ],
  [
    'deletion by a negative age',
    'a=; Max-Age=-1',
    { name: 'a', value: '', path: '', maxAge: 0 },
    true,
  ],
  ['an expiry that is no date', 'a=1; Expires=soon', { name: 'a', value: '1', path: '' }, false],
  [
    'an attribute the model has not',
    'a=1; Partitioned',
    { name: 'a', value: '1', path: '' },
    false,
  ],
  [
    'an attribute from the prototype',
    'a=1; SameSite=constructor',
    { name: 'a', value: '1', path: '' },
    false,
  ],
  [
    'a path that the library would throw at',
    'a=1; Path=/é',
    { name: 'a', value: '1', path: '' },
    false,
  ],
  [
    'a domain that the library would throw at',
    'a=1; Domain=a_b',
    { name: 'a', value: '1', path: '' },
    false,
  ],
  ['no name', '=1', null, false],
  ['no pair', 'a', null, false],
])('parses %s', (_why, line, cookie, isExact) => {
  expect(parseSetCookie(line)).toEqual({ cookie, isExact });
});

test('says exact only where the host writes the very value', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[!#-+--:<-[\]-~]*$/), (value) => {
      const { cookie, isExact } = parseSetCookie(`a=${value}`);
      expect(isExact).toBe(escapeDataString(cookie?.value ?? '') === value);
    }),
  );
});

function escapeDataString(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
