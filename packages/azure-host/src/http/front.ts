import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { HostInvocation, HostOptions } from '../host-types.ts';
import { execute, type Finished } from '../invoker.ts';
import { isAllowed, type Keys, levelOfKey } from '../auth/keys.ts';
import type { TriggerContext } from '../triggers.ts';
import { answerAdmin } from './admin.ts';
import { type CorsRules, corsHeaders, preflightHeaders } from './cors.ts';
import { hostNameOf } from './host-name.ts';
import { homePage } from './home-page.ts';
import { keyOf } from './request-key.ts';
import type { Throttle } from './throttle.ts';
import type { WireRequest } from '../messages.ts';
import { messageOf } from '../narrow.ts';
import { findRoute, type RouteMatch } from '../routing/route-table.ts';
import { parseTarget, type RequestPath } from '../routing/request-path.ts';
import type { AppSettings } from '../settings/app-settings.ts';
import { answerEmpty, answerFunction, answerText, promiseHeaders } from './answer.ts';
import { readBody } from './body.ts';
import { answerStreamed } from './stream.ts';
import { joinHeaders, joinQuery, toPairs, traceOf } from './request-data.ts';

/** What the front needs of the host; it changes when the app is loaded anew. */
export interface FrontState extends TriggerContext {
  readonly options: HostOptions;
  readonly settings: AppSettings;
  readonly port: number;
  /** Where the library listens for streamed requests, if the app streams. */
  readonly httpUri: string | undefined;
  /** `customHeaders` of host.json as name, value, name, value. */
  readonly customHeaders: readonly string[];
  /** Gives an invocation up that cannot end by itself. */
  abandon(id: string, message: string): void;
  readonly cors: CorsRules;
  readonly throttle: Throttle;
  /** Set through the admin API: functions do not answer then. */
  readonly isOffline: boolean;
  setOffline(isOffline: boolean): void;
  /** Whether the app is loaded. */
  isRunning(): boolean;
  /** The keys, made when they are first asked for. */
  keys(): Keys;
  restart(): Promise<void>;
}

/** A request on its way to a function. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** As the request names it, with its port. */
  readonly hostName: string;
  readonly path: RequestPath;
  readonly match: RouteMatch;
}

/** Azure's limit for a body; larger ones fail with 500 (https://github.com/Azure/azure-functions-host/issues/10519). */
function bodyLimitOf(state: FrontState): number {
  const limit = Number(state.settings.env['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? '');
  return Number.isSafeInteger(limit) && limit > 0 ? limit : 104_857_600;
}

/** The front: HTTP on one side, invocations on the other. */
export function createFront(state: FrontState): RequestListener {
  return (request, response) => {
    handle(state, request, response).catch((error: unknown) => {
      state.log({
        level: 'error',
        category: 'system',
        message: `The host failed: ${messageOf(error)}`,
      });
      if (response.headersSent) response.destroy();
      else answerEmpty(response, 500);
    });
  };
}

async function handle(
  state: FrontState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET';
  const path = parseTarget(request.url ?? '/');
  const hostName = hostNameOf(request, `localhost:${state.port}`);
  if (path === undefined || hostName === undefined) {
    answerEmpty(response, 400);
    return;
  }
  const preflight = preflightHeaders(state.cors, request);
  if (preflight !== undefined) {
    request.resume();
    answerEmpty(response, 204, preflight);
    return;
  }
  promiseHeaders(response, corsHeaders(state.cors, request));
  if (/^\/(?:admin|runtime\/webhooks)(?:\/|$)/i.test(path.decoded)) {
    if (/^\/admin\//i.test(path.decoded)) {
      await answerAdmin(state, request, response, path.decoded, path.query);
    } else {
      request.resume();
      answerEmpty(response, 404);
    }
    return;
  }
  const ready = state.readyWorker();
  const worker = ready instanceof Promise ? await ready : ready;
  if (worker === undefined || state.isOffline) {
    request.resume();
    answerText(response, 503, 'text/plain', 'Function host is not running.');
    return;
  }
  const match = findRoute(state.functions, method, path.decoded);
  if (match === undefined) {
    request.resume();
    if (path.decoded === '/' && method === 'GET') answerHomePage(state, response);
    else answerEmpty(response, 404);
    return;
  }
  const refusal = refuse(state, request, path, match);
  if (refusal !== undefined) {
    request.resume();
    answerEmpty(response, refusal);
    return;
  }
  const entered = state.throttle.enter();
  if (entered === undefined) {
    request.resume();
    answerEmpty(response, 429, ['X-FUNCTION-SCALEOUT', '1']);
    return;
  }
  const leave = entered instanceof Promise ? await entered : entered;
  try {
    await answerMatch(state, { request, response, method, hostName, path, match });
  } finally {
    leave();
  }
}

/** Without `enableAuth` every caller counts as admin, as with Core Tools. */
function refuse(
  state: FrontState,
  request: IncomingMessage,
  path: RequestPath,
  { target }: RouteMatch,
): number | undefined {
  const { name, isDisabled } = target.shown;
  if (state.options.enableAuth !== true) {
    return isDisabled && target.authLevel === 'anonymous' ? 404 : undefined;
  }
  const proven = levelOfKey(state.keys(), keyOf(request, path.query), name);
  if (!isAllowed(target.authLevel, proven)) return 401;
  return isDisabled && proven !== 'admin' ? 404 : undefined;
}

function answerHomePage(state: FrontState, response: ServerResponse): void {
  if (state.settings.env['AzureWebJobsDisableHomepage']?.toLowerCase() === 'true') {
    answerEmpty(response, 204);
  } else {
    answerText(response, 200, 'text/html; charset=utf-8', homePage);
  }
}

async function answerMatch(state: FrontState, exchange: Exchange): Promise<void> {
  const { request, response, match } = exchange;
  const bodyLimitBytes = bodyLimitOf(state);
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) {
    state.log({
      level: 'error',
      category: 'system',
      functionName: match.target.shown.name,
      message: `A request body is larger than ${bodyLimitBytes} bytes; Azure answers that with 500.`,
    });
    answerEmpty(response, 500, ['Connection', 'close']);
    return;
  }
  const { httpUri } = state;
  if (httpUri === undefined) await answerBuffered(state, exchange);
  else {
    const streamed = await answerStreamed(state, exchange, { httpUri, bodyLimitBytes });
    if (streamed === undefined) return;
    const { finished, ...result } = streamed;
    record(state, exchange, finished, result);
  }
}

async function answerBuffered(state: FrontState, exchange: Exchange): Promise<void> {
  const { request, response, method, hostName, path, match } = exchange;
  const reading = readBody(request);
  const body = reading instanceof Promise ? await reading : reading;
  const functionName = match.target.shown.name;
  if (body.kind === 'aborted') return;
  if (body.kind === 'chunked') {
    state.log({
      level: 'warning',
      category: 'system',
      functionName,
      message: `A chunked request body was dropped, as Azure does without app.setup({ enableHttpStream: true }); send a Content-Length.`,
    });
  }
  const http: WireRequest = {
    method,
    url: `http://${hostName}${path.raw}${path.query}`,
    headers: joinHeaders(request.rawHeaders),
    query: joinQuery(path.query),
    params: toPairs(match.params),
    ...(body.kind === 'bytes' && { body: body.bytes }),
  };
  const finished = await execute(state, {
    target: match.target,
    input: { kind: 'http', http },
    reason: 'This function was programmatically called via the host APIs.',
    ...traceOf(request),
  });
  const { ended } = finished;
  let status = 500;
  let bytesOut = 0;
  if (ended.ok && ended.response === undefined) {
    status = 204;
    answerEmpty(response, 204);
  } else if (ended.ok && ended.response !== undefined) {
    const written = answerFunction(response, ended.response, state.customHeaders);
    if (written === undefined) answerEmpty(response, 500);
    else {
      ({ status } = ended.response);
      bytesOut = written;
    }
  } else {
    answerEmpty(response, 500);
  }
  const bytesIn = body.kind === 'bytes' ? body.bytes.byteLength : 0;
  record(state, exchange, finished, { status, bytesIn, bytesOut });
}

function record(
  state: FrontState,
  exchange: Exchange,
  finished: Finished,
  result: Pick<HostInvocation, 'bytesIn' | 'bytesOut'> & { status: number },
): void {
  state.options.onInvocation?.({
    id: finished.id,
    functionName: exchange.match.target.shown.name,
    trigger: 'http',
    method: exchange.method,
    path: exchange.path.raw,
    succeeded: finished.ended.ok,
    coldStart: finished.coldStart,
    durationMs: finished.durationMs,
    ...result,
  });
}
