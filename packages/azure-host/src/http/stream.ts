import { randomUUID } from 'node:crypto';
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { finished as untilFinished } from 'node:stream/promises';
import { type HostContext, logSystem } from '../host-context.ts';
import { execute, type Finished } from '../invoker.ts';
import { isRecord } from '../narrow.ts';
import { answerEmpty, complete, isHopByHop } from './answer.ts';
import { type Exchange, requestReason, type Result } from './exchange.ts';
import { joinHeaders, joinQuery, traceOf } from './request-data.ts';

/** Bodies up to this size are read first, because Azure takes parameters from their JSON. */
const parameterBodyBytes = 1024 * 1024;

/** A request on its way to the library's own server in the worker. */
interface Forward {
  readonly id: string;
  readonly client: ClientRequest;
  /** Resolves when there is nothing more to copy to the client. */
  readonly relayed: Promise<void>;
  isConnected: boolean;
  isTooLarge: boolean;
  bytesIn: number;
  bytesOut: number;
}

/**
 * Lets the library's own server in the worker answer: the request is forwarded there while the invocation
 * runs, and both know each other by an id that the client cannot choose
 * (https://github.com/Azure/azure-functions-host/blob/89dc438/src/WebJobs.Script.Grpc/Server/DefaultHttpProxyService.cs).
 * `undefined` if the client went away before there was anything to run.
 */
export async function answerStreamed(
  context: HostContext,
  exchange: Exchange,
  httpUri: string,
): Promise<Result | undefined> {
  const { request, response, path, match } = exchange;
  const body = await readParameterBody(request);
  if (request.destroyed && !request.complete) return undefined;
  const forward = openForward(exchange, httpUri);
  abandonIfLost(context, exchange, forward);
  sendBody(exchange, forward, body);
  const finished = await execute(context, {
    target: match.target,
    id: forward.id,
    input: {
      kind: 'stream',
      headers: JSON.stringify(headersOf(request)),
      metadata: toMetadata(body, path.query, match.params),
    },
    reason: requestReason,
    ...traceOf(request),
  });
  await endAnswer(context, exchange, forward, finished);
  await untilFinished(response).catch(() => {});
  const { bytesIn, bytesOut } = forward;
  return { finished, status: response.statusCode, bytesIn, bytesOut };
}

function openForward(exchange: Exchange, httpUri: string): Forward {
  const { request, method, hostName, path, app } = exchange;
  const id = randomUUID();
  const client = httpRequest(httpUri, {
    // The library announces `localhost`, which may be resolved to an address it does not listen on.
    hostname: '127.0.0.1',
    agent: false,
    method,
    path: `${path.raw}${path.query}`,
    headers: forwardedHeaders(request, id, hostName),
  });
  const relayed = relay(client, exchange, app.customHeaders, (size) => {
    forward.bytesOut += size;
  });
  const state = { isConnected: false, isTooLarge: false, bytesIn: 0, bytesOut: 0 };
  const forward: Forward = { id, client, relayed, ...state };
  client.on('socket', (socket) => socket.once('connect', () => (forward.isConnected = true)));
  return forward;
}

/** Without the forwarded request the library would wait forever, and the invocation with it. */
function abandonIfLost(context: HostContext, { response }: Exchange, forward: Forward): void {
  const { client, id } = forward;
  const abandon = (message: string): void => context.pool.serving?.worker.abandon(id, message);
  client.on('error', (error) => {
    if (forward.isConnected && !forward.isTooLarge) return;
    abandon(`The request was not forwarded: ${error.message}`);
  });
  response.on('close', () => {
    if (response.writableFinished) return;
    client.destroy();
    if (!forward.isConnected) abandon('The client closed the request.');
  });
}

function sendBody({ request, app }: Exchange, forward: Forward, body: Buffer | undefined): void {
  const { client } = forward;
  if (body !== undefined) {
    forward.bytesIn = body.byteLength;
    client.end(body);
    return;
  }
  request.on('data', (chunk: Buffer) => {
    forward.bytesIn += chunk.byteLength;
    if (forward.bytesIn <= app.bodyLimitBytes) return;
    forward.isTooLarge = true;
    client.destroy();
  });
  request.pipe(client);
  // What the function leaves unread is read here, or the client would wait for it forever.
  client.on('close', () => {
    request.unpipe(client);
    request.resume();
  });
}

/** Ends what the library does not: after an invocation that failed or returned nothing, and after a lost answer. */
async function endAnswer(
  context: HostContext,
  { response, match }: Exchange,
  forward: Forward,
  { id, ended }: Finished,
): Promise<void> {
  const warn = (message: string): void =>
    logSystem(context, 'warning', message, {
      functionName: match.target.shown.name,
      invocationId: id,
    });
  if (!ended.ok || ended.isEmpty) {
    if (response.headersSent) response.destroy();
    else if (!forward.isTooLarge) {
      warn(
        `The function ${ended.ok ? 'returned nothing' : 'failed'} in stream mode: Azure would leave the client without an answer (https://github.com/Azure/azure-functions-nodejs-library/issues/324).`,
      );
    }
    answerEmpty(response, ended.ok ? 204 : 500);
    forward.client.destroy();
  }
  await forward.relayed;
  if (response.headersSent || response.destroyed) return;
  warn('The answer of the function was lost on the way from the worker.');
  answerEmpty(response, 500);
}

function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null);
  const joined = joinHeaders(request.rawHeaders);
  for (let index = 0; index < joined.length; index += 2) {
    headers[joined[index] ?? ''] = joined[index + 1] ?? '';
  }
  return headers;
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
    // A client that could choose these could take another request's place.
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
