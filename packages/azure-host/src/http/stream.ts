import { randomUUID } from 'node:crypto';
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { finished } from 'node:stream/promises';
import { execute, type Finished } from '../invoker.ts';
import { isRecord } from '../narrow.ts';
import { answerEmpty, complete, isHopByHop } from './answer.ts';
import type { Exchange, FrontState } from './front.ts';
import { joinHeaders, joinQuery, traceOf } from './request-data.ts';

/** What became of a streamed request. */
export interface Streamed {
  readonly finished: Finished;
  readonly status: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Bodies up to this size are read first, because Azure takes parameters from their JSON. */
const parameterBodyBytes = 1024 * 1024;

/**
 * Lets the library's own server in the worker answer: the request is forwarded there while the invocation
 * runs, and both know each other by an id that the client cannot choose
 * (https://github.com/Azure/azure-functions-host/blob/89dc438/src/WebJobs.Script.Grpc/Server/DefaultHttpProxyService.cs).
 * `undefined` if the client went away before there was anything to run.
 */
export async function answerStreamed(
  state: FrontState,
  exchange: Exchange,
  target: { readonly httpUri: string; readonly bodyLimitBytes: number },
): Promise<Streamed | undefined> {
  const { request, response, hostName, path, match } = exchange;
  const id = randomUUID();
  const functionName = match.target.shown.name;
  const first = await readParameterBody(request);
  if (request.destroyed && !request.complete) return undefined;
  const forward = httpRequest(target.httpUri, {
    // The library announces `localhost`, which may be resolved to an address it does not listen on.
    hostname: '127.0.0.1',
    agent: false,
    method: exchange.method,
    path: `${path.raw}${path.query}`,
    headers: forwardedHeaders(request, id, hostName),
  });
  let bytesIn = first?.byteLength ?? 0;
  let bytesOut = 0;
  let isConnected = false;
  let isTooLarge = false;
  forward.on('socket', (socket) => socket.once('connect', () => (isConnected = true)));
  const relayed = relay(forward, exchange, state.customHeaders, (size) => {
    bytesOut += size;
  });
  if (first === undefined) {
    request.on('data', (chunk: Buffer) => {
      bytesIn += chunk.byteLength;
      if (bytesIn <= target.bodyLimitBytes) return;
      isTooLarge = true;
      forward.destroy();
    });
    request.pipe(forward);
    // What the function leaves unread is read here, or the client would wait for it for ever.
    forward.on('close', () => {
      request.unpipe(forward);
      request.resume();
    });
  } else {
    forward.end(first);
  }
  // Without the forward the library would wait for ever, and the invocation with it.
  forward.on('error', (error) => {
    if (!isConnected || isTooLarge)
      state.abandon(id, `The request was not handed on: ${error.message}`);
  });
  response.on('close', () => {
    if (response.writableFinished) return;
    forward.destroy();
    if (!isConnected) state.abandon(id, 'The client went away.');
  });
  const headers: Record<string, string> = Object.create(null);
  const joined = joinHeaders(request.rawHeaders);
  for (let index = 0; index < joined.length; index += 2) {
    headers[joined[index] ?? ''] = joined[index + 1] ?? '';
  }
  const done = await execute(state, {
    target: match.target,
    id,
    input: {
      kind: 'stream',
      headers: JSON.stringify(headers),
      metadata: toMetadata(first, path.query, match.params),
    },
    reason: 'This function was programmatically called via the host APIs.',
    ...traceOf(request),
  });
  const warn = (message: string): void =>
    state.log({ level: 'warning', category: 'system', functionName, invocationId: id, message });
  if (!done.ended.ok || done.ended.isEmpty) {
    const what = done.ended.ok ? 'returned nothing' : 'failed';
    if (response.headersSent) response.destroy();
    else {
      if (!isTooLarge) {
        warn(
          `The function ${what} in stream mode: Azure would leave the client without an answer (https://github.com/Azure/azure-functions-nodejs-library/issues/324).`,
        );
      }
      answerEmpty(response, done.ended.ok ? 204 : 500);
    }
    forward.destroy();
  }
  await relayed;
  if (!response.headersSent && !response.destroyed) {
    warn('The answer of the function was lost on the way from the worker.');
    answerEmpty(response, 500);
  }
  await finished(response).catch(() => {});
  return { finished: done, status: response.statusCode, bytesIn, bytesOut };
}

/** Copies the library's answer to the client; resolves when there is nothing more to copy. */
function relay(
  forward: ClientRequest,
  { response }: Exchange,
  extra: readonly string[],
  onBytes: (size: number) => void,
): Promise<void> {
  return new Promise((resolve) => {
    let isAnswered = false;
    forward.on('error', () => {
      // A function may answer without reading the body; that the rest of it cannot be sent is no fault.
      if (response.headersSent && !isAnswered) response.destroy();
      resolve();
    });
    forward.on('close', resolve);
    forward.on('response', (answer: IncomingMessage) => {
      if (response.headersSent || response.destroyed) {
        answer.resume();
        return;
      }
      const headers: string[] = [];
      for (let index = 0; index < answer.rawHeaders.length; index += 2) {
        const name = answer.rawHeaders[index] ?? '';
        if (!isHopByHop(name)) headers.push(name, answer.rawHeaders[index + 1] ?? '');
      }
      response.writeHead(answer.statusCode ?? 500, complete(response, headers, extra));
      response.flushHeaders();
      answer.on('data', (chunk: Buffer) => onBytes(chunk.byteLength));
      // A body that breaks off must break off at the client too.
      answer.on('aborted', () => response.destroy());
      answer.on('end', () => {
        isAnswered = true;
        forward.destroy();
      });
      answer.pipe(response);
    });
  });
}

function readParameterBody(request: IncomingMessage): Promise<Buffer | undefined> | undefined {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length === 0 || length > parameterBodyBytes) return undefined;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => resolve(Buffer.concat(chunks)));
  });
}

function forwardedHeaders(request: IncomingMessage, id: string, hostName: string): string[] {
  const headers: string[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    // Whoever could choose these could take another request's place.
    if (isHopByHop(name) || /^(?:x-ms-invocation-id|x-forwarded-(?:host|proto))$/i.test(name))
      continue;
    if (/^expect$/i.test(name)) continue;
    headers.push(name, request.rawHeaders[index + 1] ?? '');
  }
  headers.push('x-ms-invocation-id', id, 'x-forwarded-host', hostName, 'x-forwarded-proto', 'http');
  if (request.headers['transfer-encoding'] !== undefined) {
    headers.push('Transfer-Encoding', 'chunked');
  } else if (request.headers['content-length'] === undefined) {
    headers.push('Content-Length', '0');
  }
  if (request.headers.host === undefined) headers.push('Host', hostName);
  // With `close` the library's server would reset the connection over an unread body, answer and all.
  headers.push('Connection', 'keep-alive');
  return headers;
}

/** Route parameters win over the query (without `code`), and that over the fields of a JSON body. */
function toMetadata(
  body: Buffer | undefined,
  query: string,
  params: Readonly<Record<string, string>>,
): readonly string[] {
  const metadata = new Map<string, string>();
  for (const [name, value] of Object.entries(jsonFields(body))) {
    if (typeof value === 'string') metadata.set(name, value);
  }
  const pairs = joinQuery(query);
  for (let index = 0; index < pairs.length; index += 2) {
    const name = pairs[index] ?? '';
    if (name.toLowerCase() !== 'code') metadata.set(name, pairs[index + 1] ?? '');
  }
  for (const [name, value] of Object.entries(params)) metadata.set(name, value);
  return [...metadata].flat();
}

function jsonFields(body: Buffer | undefined): Readonly<Record<string, unknown>> {
  if (body === undefined || !/^\s*\{/.test(body.toString('latin1', 0, 64))) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
