import type { MiddlewareHandler } from 'hono';

/** The web origins whose pages may read the function's responses; empty means no CORS headers at all. */
export type CorsOrigins = readonly string[];

/** Thrown when the function starts with an origin that no browser would ever send. */
export class InvalidOriginError extends Error {
  constructor(value: string) {
    super(
      `"${value}" is not a web origin: write the scheme, the host and any port other than the default, such as https://example.com, or * for any.`,
    );
    this.name = 'InvalidOriginError';
  }
}

/** Platforms with an environment have `process.env`; the web's own platforms do not. */
interface MaybeProcess {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

/** Reads the origins in `TRICLOUD_CORS_ORIGINS`; none if it is unset or empty, or there is no environment. */
export function corsOriginsFromEnvironment(scope: MaybeProcess = globalThis): CorsOrigins {
  return parseCorsOrigins(scope.process?.env?.['TRICLOUD_CORS_ORIGINS'] ?? '');
}

/** Parses a list of origins separated by commas or whitespace; throws `InvalidOriginError`. */
export function parseCorsOrigins(list: string): CorsOrigins {
  const origins = list.split(/[\s,]+/u).filter((origin) => origin !== '');
  for (const origin of origins) {
    if (origin !== '*' && !isOrigin(origin)) throw new InvalidOriginError(origin);
  }
  return origins;
}

/**
 * Adds CORS headers to a response, and to a preflight what its route allows. `hono/cors` would answer OPTIONS itself:
 * without Allow, with the same methods for every route, and where there is no route.
 */
export function cors(origins: CorsOrigins): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (origins.length === 0) return;
    const isForAll = origins.includes('*');
    // A cache must not give one origin the response made for another.
    if (!isForAll) c.header('vary', 'Origin', { append: true });
    const origin = c.req.header('origin');
    if (origin === undefined || !(isForAll || origins.includes(origin))) return;
    c.header('access-control-allow-origin', isForAll ? '*' : origin);
    const allow = c.res.headers.get('allow');
    const isPreflight = c.req.method === 'OPTIONS' && c.req.header('access-control-request-method');
    if (!isPreflight || allow === null) return;
    c.header('access-control-allow-methods', allow);
    c.header('access-control-allow-headers', 'Accept, Accept-Language, Content-Type');
    c.header('access-control-max-age', '600');
  };
}

function isOrigin(value: string): boolean {
  return /^https?:[^*]+$/u.test(value) && URL.canParse(value) && new URL(value).origin === value;
}
