import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';

/**
 * Keeps the framework's body parsers from reading: they go by the content type, which is taken out of
 * the parsed headers before the framework sees the request; `toCloudFunction` reads the raw ones.
 *
 * The framework has no option for it, and a parser that cannot read a body (malformed JSON, a form of
 * more than 1,000 fields, a charset it does not know) answers a page of its own before any function is
 * called. It holds for every HTTP server of the process: for an app that serves one function by
 * `toCloudFunction` and nothing else. Returns what ends it.
 *
 * @example
 * ```ts
 * import { channel } from 'node:diagnostics_channel';
 * import { leaveBodiesUnread } from '@tricloud/adapters/google';
 *
 * const letParsersRead = leaveBodiesUnread();
 * channel('http.server.request.start').hasSubscribers; // => true
 * // When the server is closed:
 * letParsersRead();
 * channel('http.server.request.start').hasSubscribers; // => false
 * ```
 */
export function leaveBodiesUnread(): () => void {
  subscribe(requestStart, hideContentType);
  return () => {
    unsubscribe(requestStart, hideContentType);
  };
}

/** Published before a server's own listeners: https://nodejs.org/docs/latest-v20.x/api/diagnostics_channel.html#http */
const requestStart = 'http.server.request.start';

function hideContentType(message: unknown): void {
  if (typeof message !== 'object' || message === null || !('request' in message)) return;
  const { request } = message;
  if (request instanceof IncomingMessage) delete request.headers['content-type'];
}
