import type { Invocation } from '@tricloud/adapters';
import { pathPattern, readablePath } from './path.ts';
import { ProblemError } from './problem.ts';

/** A request as a route sees it. */
export interface Asked {
  readonly request: Request;
  readonly url: URL;
  /** What stands in the path where the resource's has a name, such as `:id`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly invocation: Invocation;
}

/** Answers one method of one resource. */
export type Route = (asked: Asked) => Response | Promise<Response>;

/** One path with the methods that it has; HEAD follows from GET, and OPTIONS is always there. */
export interface Resource {
  readonly path: string;
  readonly get?: Route;
  readonly post?: Route;
}

/** Answers a request by the resource at its path; throws `ProblemError`. */
export type Answer = (request: Request, invocation: Invocation) => Promise<Response>;

/** Routes over these resources: 404 where there is none, 405 with Allow where it has no such method (RFC 9110, 15.5.6). */
export function routesOver(resources: readonly Resource[]): Answer {
  const routes = resources.map((resource) => ({ resource, at: pathPattern(resource.path) }));
  return async (request, invocation) => {
    const { method } = request;
    const url = new URL(request.url);
    const path = readablePath(url.pathname);
    // `OPTIONS *` asks about the server as a whole (RFC 9110, 9.3.7); in a URL its target is the path `/*`.
    if (method === 'OPTIONS' && path === '/*') return optionsResponse(allowedMethods(resources));
    for (const { resource, at } of routes) {
      const parameters = at(url.pathname);
      if (parameters === undefined) continue;
      const route = routeOf(resource, method);
      if (route) return route({ request, url, parameters, invocation });
      const allow = allowedMethods([resource]);
      if (method === 'OPTIONS') return optionsResponse(allow);
      throw new ProblemError(405, {
        detail: `${method} is not a method of ${path}; it has ${allow}.`,
        headers: { allow },
      });
    }
    throw new ProblemError(404, {
      detail: `There is nothing at ${path}; /openapi.json says what there is.`,
    });
  };
}

function routeOf({ get, post }: Resource, method: string): Route | undefined {
  if (method === 'POST') return post;
  return method === 'GET' || method === 'HEAD' ? get : undefined;
}

/** The value of Allow for all that the given resources can do. */
function allowedMethods(resources: readonly Resource[]): string {
  const has = (method: 'get' | 'post'): boolean => resources.some((each) => each[method]);
  return [...(has('get') ? ['GET', 'HEAD'] : []), ...(has('post') ? ['POST'] : []), 'OPTIONS'].join(
    ', ',
  );
}

/** The answer to OPTIONS: what may be done, and nothing more to say. */
function optionsResponse(allow: string): Response {
  return new Response(null, { status: 204, headers: { allow } });
}
