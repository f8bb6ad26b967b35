import { array, assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parseTarget } from './request-path.ts';

test.each([
  ['/a/b?c=d?e', { raw: '/a/b', decoded: '/a/b', query: '?c=d?e' }, 'the first ? ends the path'],
  ['/J%C3%BCr', { raw: '/J%C3%BCr', decoded: '/Jür', query: '' }, 'UTF-8 is decoded'],
  ['/a%2Fb%2fc', { raw: '/a%2Fb%2fc', decoded: '/a%2Fb%2fc', query: '' }, 'an encoded slash stays'],
  ['/a%3Fb%23c', { raw: '/a%3Fb%23c', decoded: '/a?b#c', query: '' }, '? and # may be encoded'],
  ['/%C3', { raw: '/%C3', decoded: '/%C3', query: '' }, 'half a character stays'],
  ['/%C3%BC%FF', { raw: '/%C3%BC%FF', decoded: '/ü%FF', query: '' }, 'what is valid is decoded'],
  ['/a/./b/../c', { raw: '/a/./b/../c', decoded: '/a/c', query: '' }, 'dot segments are removed'],
  ['/%2e%2e/a/%2E', { raw: '/%2e%2e/a/%2E', decoded: '/a/', query: '' }, 'encoded ones, too'],
  [
    '//evil.example/a',
    { raw: '//evil.example/a', decoded: '//evil.example/a', query: '' },
    'two slashes are no host',
  ],
  ['http://h:1/a?b', { raw: '/a', decoded: '/a', query: '?b' }, 'an absolute target has its path'],
  ['http://h', { raw: '/', decoded: '/', query: '' }, 'or none'],
])('%s becomes %j: %s', (target, expected) => {
  expect(parseTarget(target)).toEqual(expected);
});

test.each(['*', 'a', '', '/a\u0000', '/a%00b', '/a b', '/ü'])('%j is refused', (target) => {
  expect(parseTarget(target)).toBeUndefined();
});

test('a decoded path never has fewer slashes hidden in its segments than it shows', () => {
  assert(
    property(array(string({ minLength: 1 }), { minLength: 1 }), (segments) => {
      const plain = segments.filter(
        (segment) => segment !== '.' && segment !== '..' && !segment.includes('\u0000'),
      );
      const target = `/${plain.map((segment) => encodeURIComponent(segment.replaceAll(/\p{Surrogate}/gu, ''))).join('/')}`;
      expect(parseTarget(target)?.decoded.split('/').length).toBe(target.split('/').length);
    }),
  );
});
