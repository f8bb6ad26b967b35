import { type Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Fault } from './fault.ts';

/** An event and what the Runtime API says of it. */
export interface RuntimeInvocation {
  readonly id: string;
  readonly traceId: string;
  readonly functionArn: string;
  readonly deadlineMs: number;
  readonly clientContext: string | undefined;
  readonly identity: string | undefined;
  readonly event: string;
}

/** A client of https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html. */
export interface RuntimeClient {
  next(): Promise<RuntimeInvocation>;
  response(id: string, json: string): Promise<void>;
  error(id: string, fault: Fault): Promise<void>;
  initError(fault: Fault): Promise<void>;
  /** Opens a streamed response; `accepted` settles when the service has taken it all. */
  stream(id: string, contentType: string): { request: ClientRequest; accepted: Promise<void> };
}

/** Trailers by which a stream that has begun says that it failed. */
export const errorTrailers = {
  type: 'Lambda-Runtime-Function-Error-Type',
  body: 'Lambda-Runtime-Function-Error-Body',
};

/** The Runtime API at `host:port`. */
interface Endpoint {
  readonly hostname: string;
  readonly port: number;
  readonly agent: Agent;
}

/** A client of the Runtime API at `host:port`. */
export function createRuntimeClient(address: string, agent: Agent): RuntimeClient {
  const [hostname = '127.0.0.1', port = '80'] = address.split(':');
  const endpoint: Endpoint = { hostname, port: Number(port), agent };
  const postFault = (path: string, fault: Fault) =>
    post(endpoint, path, JSON.stringify(fault), {
      [errorTrailers.type]: toHeaderValue(fault.errorType),
    });
  return {
    next: () => next(endpoint),
    response: (id, json) => post(endpoint, `invocation/${id}/response`, json),
    error: (id, fault) => postFault(`invocation/${id}/error`, fault),
    initError: (fault) => postFault('init/error', fault),
    stream: (id, contentType) => stream(endpoint, id, contentType),
  };
}

async function next(endpoint: Endpoint): Promise<RuntimeInvocation> {
  const response = await send(endpoint, 'GET', 'invocation/next');
  const event = await readText(response);
  const header = (name: string) => {
    const value = response.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    id: header('lambda-runtime-aws-request-id') ?? '',
    traceId: header('lambda-runtime-trace-id') ?? '',
    functionArn: header('lambda-runtime-invoked-function-arn') ?? '',
    deadlineMs: Number(header('lambda-runtime-deadline-ms') ?? 0),
    clientContext: header('lambda-runtime-client-context'),
    identity: header('lambda-runtime-cognito-identity'),
    event,
  };
}

async function post(
  endpoint: Endpoint,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const length = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  await readText(await send(endpoint, 'POST', path, { ...length, ...headers }, body));
}

function send(
  endpoint: Endpoint,
  method: string,
  path: string,
  headers: Readonly<Record<string, string | number>> = {},
  body = '',
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { ...endpoint, method, path: `/2018-06-01/runtime/${path}`, headers };
    request(options, resolve).on('error', reject).end(body);
  });
}

function stream(endpoint: Endpoint, id: string, contentType: string) {
  const streamed = request({
    ...endpoint,
    method: 'POST',
    path: `/2018-06-01/runtime/invocation/${id}/response`,
    headers: {
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      'Transfer-Encoding': 'chunked',
      'Content-Type': contentType,
      Trailer: `${errorTrailers.type}, ${errorTrailers.body}`,
    },
  });
  const accepted = new Promise<void>((resolve, reject) => {
    streamed.on('error', reject);
    streamed.on('response', (response) => void readText(response).then(() => resolve(), reject));
  });
  accepted.catch(() => undefined);
  return { request: streamed, accepted };
}

async function readText(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}

function toHeaderValue(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?');
}
