import { Hono } from 'hono/tiny';
import { providers, services } from '@tricloud/core';
import { bill, comparison } from './calculations.ts';
import { type CorsOrigins, cors } from './cors.ts';
import { cacheable, jsonResponse, textResponse, uncacheable } from './document.ts';
import type { Env } from './env.ts';
import { home, lesson, listed, whoami } from './facts.ts';
import { allowedMethods, answerOtherMethods, optionsResponse } from './methods.ts';
import { openApiJson } from './openapi.ts';
import { comparablePath, readablePath } from './path.ts';
import { ProblemError, problemResponse } from './problem.ts';
import { safetyHeaders } from './safety-headers.ts';

/** What can differ between two places where the function runs. */
export interface FunctionOptions {
  /** Web origins whose pages can read the answers; none means no CORS headers at all. */
  readonly corsOrigins?: CorsOrigins;
  /** The day of the request in ISO 8601; the clock's day in UTC unless given. */
  readonly today?: () => string;
}

/** The function that ships: routes over core, and every error as a problem document (RFC 9457). */
export function createApp({ corsOrigins = [], today = dayInUtc }: FunctionOptions = {}): Hono<Env> {
  const app = new Hono<Env>({ getPath: ({ url }) => comparablePath(new URL(url).pathname) });
  app.use(safetyHeaders, cors(corsOrigins));

  app.get('/', home);
  app.get('/v1/lesson', lesson);
  app.get('/v1/providers', () => jsonResponse(providers, cacheable));
  app.get('/v1/providers/:id', listed('provider', providers));
  app.get('/v1/services', () => jsonResponse(services, cacheable));
  app.get('/v1/services/:id', listed('service', services));
  app.post('/v1/comparisons', comparison(today));
  app.post('/v1/bills', bill(today));
  app.get('/v1/whoami', whoami);
  app.get('/openapi.json', () => textResponse('application/json', openApiJson(), cacheable));
  app.get('/healthz', () => jsonResponse({ status: 'ok' }, uncacheable));

  answerOtherMethods(app);
  app.notFound(({ req }) => {
    const path = readablePath(new URL(req.url).pathname);
    // `OPTIONS *` asks about the server as a whole (RFC 9110, 9.3.7); in a URL its target is the path `/*`.
    if (req.method === 'OPTIONS' && path === '/*')
      return optionsResponse(allowedMethods(app.routes));
    const detail = `There is nothing at ${path}; /openapi.json says what there is.`;
    return problemResponse(404, { detail });
  });
  app.onError((error) => {
    if (error instanceof ProblemError) return problemResponse(error.status, error.options);
    // A bug: whoever runs the function reads why in its log, the caller does not.
    console.error(error);
    return problemResponse(500);
  });
  return app;
}

function dayInUtc(): string {
  return new Date().toISOString().slice(0, 10);
}
