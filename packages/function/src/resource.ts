import type { Context, Hono } from 'hono';
import type { Invocation } from '@tricloud/adapters';
import { ProblemError } from './problem.ts';

/** What Hono's context carries besides the request. */
export interface Env {
  readonly Bindings: { readonly invocation: Invocation };
}

/** Answers one method of one resource. */
export type Route = (c: Context<Env>) => Response | Promise<Response>;

/** One path with the methods that it has; HEAD follows from GET, and OPTIONS is always there. */
export interface Resource {
  readonly path: string;
  readonly get?: Route;
  readonly post?: Route;
}

/** Adds a resource to an app: its methods, its OPTIONS, and 405 with Allow for the rest (RFC 9110, 15.5.6). */
export function addResource(app: Hono<Env>, resource: Resource): void {
  const allow = allowedMethods([resource]);
  if (resource.get) app.get(resource.path, resource.get);
  if (resource.post) app.post(resource.path, resource.post);
  app.all(resource.path, (c) => {
    if (c.req.method === 'OPTIONS') return optionsResponse(allow);
    throw new ProblemError(405, {
      detail: `${c.req.method} is not a method of ${c.req.path}; it has ${allow}.`,
      headers: { allow },
    });
  });
}

/** The value of Allow for all that the given resources can do. */
export function allowedMethods(resources: readonly Resource[]): string {
  const has = (method: 'get' | 'post'): boolean => resources.some((each) => each[method]);
  return [...(has('get') ? ['GET', 'HEAD'] : []), ...(has('post') ? ['POST'] : []), 'OPTIONS'].join(
    ', ',
  );
}

/** The answer to OPTIONS: what may be done, and nothing more to say. */
export function optionsResponse(allow: string): Response {
  return new Response(null, { status: 204, headers: { allow } });
}
