import type { ServerResponse } from 'node:http';
import { type HostContext, logSystem } from '../host-context.ts';
import { execute } from '../invoker.ts';
import type { Ended, WireRequest } from '../messages.ts';
import { answerEmpty, answerFunction } from './answer.ts';
import { readBody } from './body.ts';
import { type Exchange, requestReason, type Result } from './exchange.ts';
import { joinHeaders, joinQuery, toPairs, traceOf } from './request-data.ts';

/** Answers from a message that holds the complete request; `undefined` if the client broke it off. */
export async function answerBuffered(
  context: HostContext,
  exchange: Exchange,
): Promise<Result | undefined> {
  const { request, response, method, hostName, path, match, app } = exchange;
  const reading = readBody(request);
  const body = reading instanceof Promise ? await reading : reading;
  if (body.kind === 'aborted') return undefined;
  if (body.kind === 'chunked') {
    const message =
      'A chunked request body was dropped, as Azure does without app.setup({ enableHttpStream: true }); send a Content-Length.';
    logSystem(context, 'warning', message, { functionName: match.target.shown.name });
  }
  const bytes = body.kind === 'bytes' ? body.bytes : undefined;
  const http: WireRequest = {
    method,
    url: `http://${hostName}${path.raw}${path.query}`,
    headers: joinHeaders(request.rawHeaders),
    query: joinQuery(path.query),
    params: toPairs(match.params),
    body: bytes,
  };
  const finished = await execute(context, {
    target: match.target,
    input: { kind: 'http', http },
    reason: requestReason,
    ...traceOf(request),
  });
  const written = answer(response, finished.ended, app.customHeaders);
  return { finished, bytesIn: bytes?.byteLength ?? 0, ...written };
}

function answer(
  response: ServerResponse,
  ended: Ended,
  customHeaders: readonly string[],
): { readonly status: number; readonly bytesOut: number } {
  if (ended.ok && ended.response !== undefined) {
    const bytesOut = answerFunction(response, ended.response, customHeaders);
    if (bytesOut !== undefined) return { status: ended.response.status, bytesOut };
  }
  const status = ended.ok && ended.response === undefined ? 204 : 500;
  answerEmpty(response, status);
  return { status, bytesOut: 0 };
}
