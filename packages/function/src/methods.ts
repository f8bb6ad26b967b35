import type { Env } from 'hono';
import type { Hono } from 'hono/tiny';
import { readablePath } from './path.ts';
import { problemResponse } from './problem.ts';

/**
 * Answers the methods that a path has no route for: OPTIONS with 204 and Allow, any other with 405 and Allow (RFC 9110,
 * 15.5.6). Call it after the last route. `hono/method-not-allowed` answers no OPTIONS and brings a second router.
 */
export function answerOtherMethods<E extends Env>(app: Hono<E>): void {
  const routes = app.routes.filter(({ method }) => method !== 'ALL');
  for (const path of new Set(routes.map((route) => route.path))) {
    const allow = allowedMethods(routes.filter((route) => route.path === path));
    app.options(path, () => optionsResponse(allow));
    app.all(path, ({ req }) => {
      const shown = readablePath(new URL(req.url).pathname);
      const detail = `${req.method} is not a method of ${shown}; it has ${allow}.`;
      return problemResponse(405, { detail, headers: { allow } });
    });
  }
  // `OPTIONS *` asks about the server as a whole (RFC 9110, 9.3.7); in a URL its target is the path `/*`.
  app.options(String.raw`/:asterisk{\*}`, () => optionsResponse(allowedMethods(routes)));
}

/** The value of Allow for these routes: HEAD follows from GET, and OPTIONS is always there. */
function allowedMethods(routes: readonly { readonly method: string }[]): string {
  const has = (method: string): boolean => routes.some((route) => route.method === method);
  return [...(has('GET') ? ['GET', 'HEAD'] : []), ...(has('POST') ? ['POST'] : []), 'OPTIONS'].join(
    ', ',
  );
}

function optionsResponse(allow: string): Response {
  return new Response(null, { status: 204, headers: { allow } });
}
