import { expect, test } from 'vitest';
import { sameCookies } from './cookies.ts';

const set = 'sid=a==; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Path=/; HttpOnly; SameSite=Lax';
const rewritten = 'sid=a==; expires=Wed, 09 Jun 2027 10:18:14 GMT; path=/; samesite=lax; httponly';

test.each([
  ['node', [set], true, 'the line itself'],
  ['aws', [rewritten], false, 'only Azure may write it anew'],
  ['azure', [set], true, 'the line itself'],
  ['azure', [rewritten], true, 'ASP.NET’s form of it'],
  ['azure', [rewritten.replace('a==', 'a%3D%3D')], false, 'the value must hold'],
  ['azure', [rewritten.replace('; httponly', '')], false, 'an attribute is lost'],
  ['azure', [rewritten.replace('path=/', 'path=/X')], false, 'another path'],
  ['azure', [rewritten.replace('lax', 'strict')], false, 'another SameSite'],
  ['azure', [rewritten, rewritten], false, 'twice'],
  ['azure', [], false, 'none'],
] as const)('on %s %j counts as the cookie that was set: %s (%s)', (provider, came, same, _why) => {
  expect(sameCookies(provider, came, [set])).toBe(same);
});

test('on Azure a missing path is the host’s default, and no other', () => {
  expect(sameCookies('azure', ['a=1; path=/'], ['a=1'])).toBe(true);
  expect(sameCookies('azure', ['a=1; path=/x'], ['a=1'])).toBe(false);
});
