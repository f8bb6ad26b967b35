import type { IncomingMessage } from 'node:http';

/** Which other sites' pages may call. */
export interface CorsRules {
  readonly origins: readonly string[];
  readonly credentials: boolean;
}

/** True if pages of this origin may call. */
export function isOriginAllowed(rules: CorsRules, origin: string): boolean {
  const wanted = origin.replace(/\/$/, '').toLowerCase();
  return rules.origins.some((allowed) => allowed === '*' || allowed.toLowerCase() === wanted);
}

/** The CORS headers of an answer (name, value, name, value); none where nothing is configured. */
export function corsHeaders(rules: CorsRules, request: IncomingMessage): readonly string[] {
  const { origin } = request.headers;
  if (rules.origins.length === 0 || origin === undefined || !isOriginAllowed(rules, origin))
    return [];
  if (rules.origins.includes('*')) return ['Access-Control-Allow-Origin', '*'];
  const headers = ['Access-Control-Allow-Origin', origin, 'Vary', 'Origin'];
  // Any origin together with credentials would let every site act as the user.
  if (rules.credentials) headers.push('Access-Control-Allow-Credentials', 'true');
  return headers;
}

/** The answer's headers to a preflight request; `undefined` if this is none or CORS is not configured. */
export function preflightHeaders(
  rules: CorsRules,
  request: IncomingMessage,
): readonly string[] | undefined {
  const { headers } = request;
  const method = headers['access-control-request-method'];
  if (
    rules.origins.length === 0 ||
    request.method !== 'OPTIONS' ||
    headers.origin === undefined ||
    method === undefined
  ) {
    return undefined;
  }
  const allowed = corsHeaders(rules, request);
  if (allowed.length === 0) return [];
  const names = headers['access-control-request-headers'];
  return [
    ...allowed,
    'Access-Control-Allow-Methods',
    method,
    ...(names === undefined ? [] : ['Access-Control-Allow-Headers', names]),
  ];
}
