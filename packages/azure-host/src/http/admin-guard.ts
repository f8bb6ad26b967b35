import type { IncomingMessage } from 'node:http';
import { type CorsRules, isOriginAllowed } from './cors.ts';

/**
 * True if a request to the admin API is acceptable: it must name this machine in its `Host` (or a page
 * that had its name pointed here could call), and a page of another site may call only if CORS allows it.
 */
export function isFromHere(request: IncomingMessage, rules: CorsRules): boolean {
  const { host, origin } = request.headers;
  if (host !== undefined && !isLoopbackName(host)) return false;
  if (origin === undefined) return true;
  const own = host === undefined ? undefined : `http://${host}`.toLowerCase();
  return origin.toLowerCase() === own || isOriginAllowed(rules, origin);
}

/** True if a `Host` value (with or without a port) names this machine. */
function isLoopbackName(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(name)
  );
}
