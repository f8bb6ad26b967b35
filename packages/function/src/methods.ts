import type { Hono } from 'hono/tiny';
import type { Env } from './env.ts';
import { readablePath } from './path.ts';
import { ProblemError } from './problem.ts';

interface MethodOfPath {
  readonly method: string;
  readonly path: string;
}

/**
 * Answers the methods that a path has no route for: OPTIONS with 204 and Allow, any other with 405 and Allow (RFC 9110,
 * 15.5.6). Call it when all routes are there.
 */
export function answerOtherMethods(app: Hono<Env>): void {
  for (const path of new Set(app.routes.filter(isRoute).map((route) => route.path))) {
    const allow = allowedMethods(app.routes.filter((route) => route.path === path));
    app.options(path, () => optionsResponse(allow));
    app.all(path, ({ req }) => {
      const shown = readablePath(new URL(req.url).pathname);
      const detail = `${req.method} is not a method of ${shown}; it has ${allow}.`;
      throw new ProblemError(405, { detail, headers: { allow } });
    });
  }
}

/** The value of Allow for these routes: HEAD follows from GET, and OPTIONS is always there. */
export function allowedMethods(routes: readonly MethodOfPath[]): string {
  const methods = new Set(routes.map(({ method }) => method));
  return [
    ...(methods.has('GET') ? ['GET', 'HEAD'] : []),
    ...(methods.has('POST') ? ['POST'] : []),
    'OPTIONS',
  ].join(', ');
}

/** The answer to OPTIONS. */
export function optionsResponse(allow: string): Response {
  return new Response(null, { status: 204, headers: { allow } });
}

/** Middleware has every method. */
function isRoute({ method }: MethodOfPath): boolean {
  return method !== 'ALL';
}
