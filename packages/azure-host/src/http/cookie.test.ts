import { expect, test } from 'vitest';
import type { WireCookie } from '../messages.ts';
import { formatCookie } from './cookie.ts';

test.each<[WireCookie, string, string]>([
  [{ name: 'a', value: '1' }, 'a=1; path=/', 'the path is / unless given'],
  [{ name: 'a', value: '1', path: '/p' }, 'a=1; path=/p', 'a path is kept'],
  [{ name: 'a', value: 'ü;= ' }, 'a=%C3%BC%3B%3D%20; path=/', 'the value is escaped'],
  [
    { name: 'a', value: "!'()*~-_." },
    'a=%21%27%28%29%2A~-_.; path=/',
    'but for unreserved characters',
  ],
  [{ name: 'a', value: '\uD800' }, 'a=%EF%BF%BD; path=/', 'half a character is replaced'],
  [{ name: 'a', value: '', maxAge: 0 }, 'a=; max-age=0; path=/', 'an age of 0 deletes'],
  [{ name: 'a', value: '', maxAge: 1.9 }, 'a=; max-age=1; path=/', 'an age has whole seconds'],
  [
    { name: 'a', value: '', secure: false, httpOnly: false },
    'a=; path=/',
    'what is not so is not told',
  ],
])('%j is written %s: %s', (cookie, expected) => {
  expect(formatCookie(cookie)).toBe(expected);
});
