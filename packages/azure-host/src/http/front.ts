import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isAllowed, levelOfKey } from '../auth/keys.ts';
import { type HostContext, logSystem } from '../host-context.ts';
import type { LoadedApp } from '../loaded-app.ts';
import { messageOf } from '../narrow.ts';
import { parseTarget, type RequestPath } from '../routing/request-path.ts';
import { findRoute, type RouteMatch } from '../routing/route-table.ts';
import { answerAdmin } from './admin.ts';
import { answerEmpty, answerText, promiseHeaders } from './answer.ts';
import { answerBuffered } from './buffered.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import type { Exchange, Result } from './exchange.ts';
import { homePage } from './home-page.ts';
import { hostNameOf } from './host-name.ts';
import { keyOf } from './request-key.ts';
import { answerStreamed } from './stream.ts';

/** The front: HTTP on one side, invocations on the other. */
export function createFront(context: HostContext): RequestListener {
  return (request, response) => {
    handle(context, request, response).catch((error: unknown) => {
      logSystem(context, 'error', `The host failed: ${messageOf(error)}`);
      if (response.headersSent) response.destroy();
      else answerEmpty(response, 500);
    });
  };
}

async function handle(
  context: HostContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = parseTarget(request.url ?? '/');
  const hostName = hostNameOf(request, `localhost:${context.port}`);
  if (path === undefined || hostName === undefined) {
    answerEmpty(response, 400);
    return;
  }
  const { cors } = context.app;
  const preflight = preflightHeaders(cors, request);
  if (preflight !== undefined) {
    request.resume();
    answerEmpty(response, 204, preflight);
    return;
  }
  promiseHeaders(response, corsHeaders(cors, request));
  if (/^\/admin\//i.test(path.decoded)) {
    await answerAdmin(context, request, response, path);
  } else if (/^\/(?:admin|runtime\/webhooks)(?:\/|$)/i.test(path.decoded)) {
    request.resume();
    answerEmpty(response, 404);
  } else {
    await answerByApp(context, { request, response, hostName, path });
  }
}

/** A request before its function is known. */
type Arrived = Pick<Exchange, 'request' | 'response' | 'hostName' | 'path'>;

async function answerByApp(context: HostContext, arrived: Arrived): Promise<void> {
  const { request, response, path } = arrived;
  const found = context.pool.whenServing();
  const running = found instanceof Promise ? await found : found;
  if (running === undefined || context.isOffline) {
    request.resume();
    answerText(response, 503, 'text/plain', 'Function host is not running.');
    return;
  }
  const { app } = running;
  const method = request.method ?? 'GET';
  const match = findRoute(app.functions, method, path.decoded);
  if (match === undefined) {
    request.resume();
    if (path.decoded === '/' && method === 'GET') answerHomePage(app, response);
    else answerEmpty(response, 404);
    return;
  }
  const refusal = refuse(context, request, path, match);
  if (refusal !== undefined) {
    request.resume();
    answerEmpty(response, refusal);
    return;
  }
  await answerWhenAllowed(context, { ...arrived, app, method, match });
}

/** Without `enableAuth` every caller counts as admin, as with Core Tools. */
function refuse(
  context: HostContext,
  request: IncomingMessage,
  path: RequestPath,
  { target }: RouteMatch,
): number | undefined {
  const { name, isDisabled } = target.shown;
  if (context.options.enableAuth !== true) {
    return isDisabled && target.authLevel === 'anonymous' ? 404 : undefined;
  }
  const proven = levelOfKey(context.keys(), keyOf(request, path.query), name);
  if (!isAllowed(target.authLevel, proven)) return 401;
  return isDisabled && proven !== 'admin' ? 404 : undefined;
}

function answerHomePage({ settings }: LoadedApp, response: ServerResponse): void {
  if (settings.env['AzureWebJobsDisableHomepage']?.toLowerCase() === 'true') {
    answerEmpty(response, 204);
  } else {
    answerText(response, 200, 'text/html; charset=utf-8', homePage);
  }
}

async function answerWhenAllowed(context: HostContext, exchange: Exchange): Promise<void> {
  const entered = exchange.app.throttle.enter();
  if (entered === undefined) {
    exchange.request.resume();
    answerEmpty(exchange.response, 429, ['X-FUNCTION-SCALEOUT', '1']);
    return;
  }
  const leave = entered instanceof Promise ? await entered : entered;
  try {
    const result = await answerByFunction(context, exchange);
    if (result !== undefined) record(context, exchange, result);
  } finally {
    leave();
  }
}

async function answerByFunction(
  context: HostContext,
  exchange: Exchange,
): Promise<Result | undefined> {
  const { request, response, match, app } = exchange;
  const { bodyLimitBytes, httpUri } = app;
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) {
    const message = `A request body is larger than ${bodyLimitBytes} bytes; Azure answers that with 500.`;
    logSystem(context, 'error', message, { functionName: match.target.shown.name });
    answerEmpty(response, 500, ['Connection', 'close']);
    return undefined;
  }
  return httpUri === undefined
    ? answerBuffered(context, exchange)
    : answerStreamed(context, exchange, httpUri);
}

function record({ options }: HostContext, exchange: Exchange, result: Result): void {
  const { finished, ...http } = result;
  options.onInvocation?.({
    id: finished.id,
    functionName: exchange.match.target.shown.name,
    trigger: 'http',
    method: exchange.method,
    path: exchange.path.raw,
    succeeded: finished.ended.ok,
    coldStart: finished.coldStart,
    durationMs: finished.durationMs,
    ...http,
  });
}
