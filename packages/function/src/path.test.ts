import { expect, test } from 'vitest';
import { Hono } from 'hono/tiny';
import { comparablePath, readablePath } from './path.ts';

/** The parameters of a path in a route with this pattern; undefined where it is another path. */
async function parametersOf(pattern: string, pathname: string): Promise<unknown> {
  const app = new Hono({ getPath: ({ url }) => comparablePath(new URL(url).pathname) });
  app.get(pattern, ({ req }) => Response.json(req.param()));
  const response = await app.fetch(new Request(`https://f.example${pathname}`));
  return response.ok ? response.json() : undefined;
}

test.each([
  { pattern: '/', pathname: '/', parameters: {}, why: 'the root' },
  { pattern: '/v1/lesson', pathname: '/v1/lesson/', parameters: {}, why: 'one slash at the end' },
  { pattern: '/v1/lesson', pathname: '/v1/lesson//', parameters: undefined, why: 'two are a part' },
  { pattern: '/v1/lesson', pathname: '//v1/lesson', parameters: undefined, why: 'so are these' },
  { pattern: '/v1/lesson', pathname: '/%76%31/lesson', parameters: {}, why: 'encoded or not' },
  {
    pattern: '/v1/lesson',
    pathname: '/v1%2Flesson',
    parameters: undefined,
    why: 'this parts nothing',
  },
  { pattern: '/v1/lesson', pathname: '/v1/lessons', parameters: undefined, why: 'a longer word' },
  {
    pattern: '/openapi.json',
    pathname: '/openapiXjson',
    parameters: undefined,
    why: 'a dot is a dot',
  },
  { pattern: '/a/:id', pathname: '/a/b', parameters: { id: 'b' }, why: 'a name takes a part' },
  { pattern: '/a/:id', pathname: '/a/%2F', parameters: { id: '/' }, why: 'decoded once' },
  { pattern: '/a/:id', pathname: '/a/%252F', parameters: { id: '%2F' }, why: 'and not twice' },
  {
    pattern: '/a/:id',
    pathname: '/a/%FF',
    parameters: { id: '%FF' },
    why: 'what is no UTF-8 stays',
  },
  { pattern: '/a/:id', pathname: '/a/%E1%BB%87', parameters: { id: 'ệ' }, why: 'a letter' },
  { pattern: '/a/:id', pathname: '/a//', parameters: undefined, why: 'an empty part is no id' },
  { pattern: '/a/:id', pathname: '/a/b/c', parameters: undefined, why: 'one part too many' },
  { pattern: '/a/:id', pathname: '/a', parameters: undefined, why: 'one part too few' },
  { pattern: '/a/:id', pathname: '/A/b', parameters: undefined, why: 'paths have case' },
])(
  '$pathname below $pattern gives $parameters: $why',
  async ({ pattern, pathname, parameters }) => {
    expect(await parametersOf(pattern, pathname)).toEqual(parameters);
  },
);

test.each([
  { pathname: '/b%C3%A0i/', shown: '/bài/', why: 'letters are shown' },
  { pathname: '/a%2Fb', shown: '/a%2Fb', why: 'an encoded slash would look like another path' },
  { pathname: '/%FF', shown: '/%FF', why: 'what is no UTF-8 cannot be shown otherwise' },
])('$pathname is shown as $shown: $why', ({ pathname, shown }) => {
  expect(readablePath(pathname)).toBe(shown);
});
