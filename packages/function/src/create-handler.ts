import type { FetchHandler } from '@tricloud/adapters';
import { InvalidInputError } from '@tricloud/core';
import { Hono } from 'hono/tiny';
import { addCorsHeaders, type CorsOrigins } from './cors.ts';
import { ProblemError, problemResponse } from './problem.ts';
import { addResource, allowedMethods, optionsResponse, type Env } from './resource.ts';
import { resources } from './resources.ts';

/** What may differ between two places where the function runs. */
export interface FunctionOptions {
  /** Web origins whose pages may read the answers; none means no CORS headers at all. */
  readonly corsOrigins?: CorsOrigins;
  /** The day of the request, as ISO 8601 writes it; the clock's day in UTC unless given. */
  readonly today?: () => string;
}

/** Makes the function that ships: its routes over core, and every error as a problem document (RFC 9457). */
export function createHandler(options: FunctionOptions = {}): FetchHandler {
  const { corsOrigins = [], today = todayByTheClock } = options;
  const app = createApp(today);
  return async (request, invocation) => {
    const response = await app.fetch(request, { invocation });
    addSafetyHeaders(response.headers);
    addCorsHeaders(response.headers, request, corsOrigins);
    return response;
  };
}

function createApp(today: () => string): Hono<Env> {
  const app = new Hono<Env>({ strict: false });
  const all = resources(today);
  for (const resource of all) addResource(app, resource);
  // `OPTIONS *` asks about the server as a whole (RFC 9110, 9.3.7); in a URL its target is the path `/*`.
  app.options('/:target{\\*}', () => optionsResponse(allowedMethods(all)));
  app.notFound((c) =>
    problemResponse(404, {
      detail: `There is nothing at ${c.req.path}; /openapi.json says what there is.`,
    }),
  );
  app.onError(errorResponse);
  return app;
}

function errorResponse(error: Error): Response {
  if (error instanceof ProblemError) return problemResponse(error.status, error.options);
  if (error instanceof InvalidInputError) {
    return problemResponse(422, {
      detail: 'The body is JSON but no workload.',
      faults: error.faults,
    });
  }
  // A bug: the one who runs the function reads why in its log, the one who called it does not.
  console.error(error);
  return problemResponse(500);
}

function addSafetyHeaders(headers: Headers): void {
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  if (!headers.has('content-security-policy')) {
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  }
}

function todayByTheClock(): string {
  return new Date().toISOString().slice(0, 10);
}
