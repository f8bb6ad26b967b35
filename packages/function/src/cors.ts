import type { MiddlewareHandler } from 'hono';

/** The web origins whose pages may read the function's answers; empty means no CORS headers at all. */
export type CorsOrigins = readonly string[];

/** Thrown when the function starts with an origin that no browser would ever send. */
export class InvalidOriginError extends Error {
  constructor(value: string) {
    super(
      `"${value}" is no web origin: write the scheme, the host and, if it is not the usual one, the port, such as https://example.com, or * for any.`,
    );
    this.name = 'InvalidOriginError';
  }
}

/** Reads a list of origins parted by commas or spaces; throws `InvalidOriginError`. */
export function parseCorsOrigins(list: string): CorsOrigins {
  const origins = list.split(/[\s,]+/u).filter((origin) => origin !== '');
  for (const origin of origins) {
    if (origin !== '*' && !isOrigin(origin)) throw new InvalidOriginError(origin);
  }
  return origins;
}

/** Adds CORS headers to every answer, refusals included. */
export function cors(origins: CorsOrigins): MiddlewareHandler {
  return async (context, next) => {
    await next();
    addCorsHeaders(context.res.headers, context.req.raw, origins);
  };
}

/** What CORS adds to the headers of an answer to `request`: nothing unless origins are configured. */
export function addCorsHeaders(headers: Headers, request: Request, origins: CorsOrigins): void {
  if (origins.length === 0) return;
  const allowed = allowedOrigin(request.headers.get('origin'), origins);
  // A cache must not give one origin the answer made for another.
  if (!origins.includes('*')) headers.append('vary', 'Origin');
  if (allowed === undefined) return;
  headers.set('access-control-allow-origin', allowed);
  const allow = headers.get('allow');
  if (request.method !== 'OPTIONS' || allow === null) return;
  if (!request.headers.has('access-control-request-method')) return;
  headers.set('access-control-allow-methods', allow);
  headers.set('access-control-allow-headers', 'Accept, Accept-Language, Content-Type');
  headers.set('access-control-max-age', '600');
}

function allowedOrigin(origin: string | null, origins: CorsOrigins): string | undefined {
  if (origin === null) return undefined;
  if (origins.includes('*')) return '*';
  return origins.includes(origin) ? origin : undefined;
}

function isOrigin(value: string): boolean {
  return /^https?:[^*]+$/u.test(value) && URL.canParse(value) && new URL(value).origin === value;
}
