import { excerpt, UnacceptableRequestError } from './failure.ts';

const authority = /^(?:[a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const methodToken = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The method in upper case; refuses those that `Request` forbids. */
export function acceptedMethod(method: string): string {
  if (method === 'GET') return method;
  if (!methodToken.test(method)) {
    throw new UnacceptableRequestError(`${excerpt(method)} is no HTTP method.`);
  }
  const upper = method.toUpperCase();
  // https://fetch.spec.whatwg.org/#forbidden-method
  if (upper === 'CONNECT' || upper === 'TRACE' || upper === 'TRACK') {
    throw new UnacceptableRequestError(`${upper} is not served.`, 501);
  }
  return upper;
}

/** Whether `Request` lets this method have a body. */
export function mayHaveBody(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** A host with or without port; refuses what would change the rest of the URL, such as `a@b` or `a/b`. */
export function acceptedHost(host: string): string {
  if (authority.test(host)) return host;
  throw new UnacceptableRequestError(`${excerpt(host)} is no host name with an optional port.`);
}

/** Whether a host is this machine, where nothing terminates TLS in front of the function. */
export function isLoopback(host: string): boolean {
  return loopback.test(host);
}

/**
 * A path as a provider hands it over, made safe to stand in a URL by concatenation.
 *
 * HTTP APIs hand it over decoded, REST APIs, function URLs and load balancers as it was sent, and
 * nothing in the event tells which (https://github.com/middleapi/standard-server/pull/93, read
 * 2026-11). So only what cannot stand in an encoded path is encoded, and `%41` stays as it is.
 */
export function safePath(path: string): string {
  if (path === '') return '/';
  if (!path.startsWith('/')) {
    throw new UnacceptableRequestError(`${excerpt(path)} is no path: it must begin with "/".`);
  }
  return notInPath.test(path) ? path.replaceAll(everyNotInPath, encodeURIComponent) : path;
}

// oxlint-disable-next-line no-control-regex -- a URL parser drops control characters silently
const notInPath = /[\u0000-\u0020?#\\]|%(?![0-9A-Fa-f]{2})/;
const everyNotInPath = new RegExp(notInPath, 'g');

/** A query string without its `?`, made safe likewise: a `#` would begin a fragment. */
export function safeQuery(query: string): string {
  return notInQuery.test(query) ? query.replaceAll(everyNotInQuery, encodeURIComponent) : query;
}

/**
 * A request target or URL as it came, in which neither a `#` nor, before the query, a `\` may mean
 * what they mean to a URL parser.
 */
export function safeTarget(target: string): string {
  const path = /^[^?]*/.exec(target)?.[0] ?? '';
  return safeQuery(`${path.replaceAll('\\', '%5C')}${target.slice(path.length)}`);
}

// oxlint-disable-next-line no-control-regex -- as in a path
const notInQuery = /[\u0000-\u0020#]/;
const everyNotInQuery = new RegExp(notInQuery, 'g');
