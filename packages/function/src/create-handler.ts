import type { FetchHandler } from '@tricloud/adapters';
import { addCorsHeaders, type CorsOrigins } from './cors.ts';
import { ProblemError, problemResponse } from './problem.ts';
import { routesOver } from './resource.ts';
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
  const answer = routesOver(resources(today));
  return async (request, invocation) => {
    const response = await answer(request, invocation).catch(errorResponse);
    addSafetyHeaders(response.headers);
    addCorsHeaders(response.headers, request, corsOrigins);
    return request.method === 'HEAD' ? new Response(null, response) : response;
  };
}

function errorResponse(error: unknown): Response {
  if (error instanceof ProblemError) return problemResponse(error.status, error.options);
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
