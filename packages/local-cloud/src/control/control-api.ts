import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ProviderId } from '../options.ts';
import type { History } from './history.ts';

/** One runtime in the answer of `GET /api/status`. */
export interface ProviderStatus {
  readonly provider: ProviderId;
  readonly url: string;
  readonly instances: number;
  readonly memoryMiB: number;
  readonly timeoutMs: number;
}

/** The answer of `GET /api/status`. */
export interface Status {
  readonly startedAt: string;
  readonly node: string;
  readonly providers: readonly ProviderStatus[];
}

const heartbeatMs = 15_000;
/** A reader that lags by so much is cut off; it comes back by itself. */
const longestBacklog = 1024 * 1024;

/**
 * The control API on the console's port: `/api/status`, `/api/records`, `/api/events`. It shows what passes
 * through the functions, so no page of another origin may read it: a foreign `Host` is 421, a foreign
 * `Origin` 403.
 */
export function controlListener(history: History, status: () => Status): RequestListener {
  return (request, response) => {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    if (!isOwnHost(request)) return problem(response, 421, 'Misdirected Request');
    if (!isOwnOrigin(request)) return problem(response, 403, 'Forbidden');
    const path = (request.url ?? '/').split('?')[0];
    const route = routes[path ?? ''];
    if (route === undefined) return problem(response, 404, 'Not Found');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return problem(response, 405, 'Method Not Allowed');
    }
    return route(request, response, { history, status });
  };
}

type Route = (
  request: IncomingMessage,
  response: ServerResponse,
  context: { history: History; status: () => Status },
) => void;

const routes: Readonly<Record<string, Route>> = {
  '/api/status': (_request, response, context) => json(response, context.status()),
  '/api/records': (_request, response, context) =>
    json(response, { records: context.history.records() }),
  '/api/events': sendEvents,
};

function sendEvents(
  request: IncomingMessage,
  response: ServerResponse,
  context: { history: History },
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  response.write('retry: 1000\n\n');
  const heartbeat = setInterval(() => response.write(': alive\n\n'), heartbeatMs);
  const unsubscribe = context.history.subscribe((event) => {
    if (response.writableLength > longestBacklog) response.destroy();
    else response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  });
  response.once('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}

function isOwnHost(request: IncomingMessage): boolean {
  const port = request.socket.localPort;
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(
    request.headers.host?.toLowerCase() ?? '',
  );
}

function isOwnOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin !== undefined) return origin.toLowerCase() === `http://${host?.toLowerCase()}`;
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function problem(response: ServerResponse, status: number, title: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', status, title }));
}
