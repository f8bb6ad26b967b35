import { expect, test } from 'vitest';
import { pathParameters, pathParts, readablePath } from './path.ts';

test.each([
  { pathname: '/', parts: [''], why: 'the root' },
  { pathname: '/v1/lesson', parts: ['', 'v1', 'lesson'], why: 'plain parts' },
  { pathname: '/v1/lesson/', parts: ['', 'v1', 'lesson'], why: 'one slash at the end' },
  { pathname: '/v1/lesson//', parts: ['', 'v1', 'lesson', ''], why: 'an empty part is a part' },
  { pathname: '/%76%31/a%2Fb', parts: ['', 'v1', 'a/b'], why: 'an encoded slash parts nothing' },
  { pathname: '/%E1%BB%87/%FF', parts: ['', 'ệ', '%FF'], why: 'what is no UTF-8 stays' },
])('$pathname has the parts $parts: $why', ({ pathname, parts }) => {
  expect(pathParts(pathname)).toEqual(parts);
});

test.each([
  { pattern: '/', pathname: '/', parameters: {}, why: 'the root' },
  { pattern: '/a/:id', pathname: '/a/b', parameters: { id: 'b' }, why: 'a name takes a part' },
  { pattern: '/a/:id', pathname: '/a/%2F', parameters: { id: '/' }, why: 'decoded once' },
  { pattern: '/a/:id', pathname: '/a/%252F', parameters: { id: '%2F' }, why: 'and not twice' },
  { pattern: '/a/:id', pathname: '/a//', parameters: undefined, why: 'an empty part is no id' },
  { pattern: '/a/:id', pathname: '/a/b/c', parameters: undefined, why: 'one part too many' },
  { pattern: '/a/:id', pathname: '/a', parameters: undefined, why: 'one part too few' },
  { pattern: '/a/:id', pathname: '/A/b', parameters: undefined, why: 'paths have case' },
])('$pathname below $pattern gives $parameters: $why', ({ pattern, pathname, parameters }) => {
  expect(pathParameters(pattern, pathParts(pathname))).toEqual(parameters);
});

test.each([
  { pathname: '/b%C3%A0i/', shown: '/bài/', why: 'letters are shown' },
  { pathname: '/a%2Fb', shown: '/a%2Fb', why: 'an encoded slash would look like another path' },
  { pathname: '/%FF', shown: '/%FF', why: 'what is no UTF-8 cannot be shown otherwise' },
])('$pathname is shown as $shown: $why', ({ pathname, shown }) => {
  expect(readablePath(pathname)).toBe(shown);
});
