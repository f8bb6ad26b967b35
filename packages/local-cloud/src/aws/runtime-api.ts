import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LocalCloudError } from '../errors.ts';
import { isObject } from '../is-object.ts';

/** An event on its way into a function. */
export interface Invocation {
  readonly id: string;
  readonly traceId: string;
  readonly functionArn: string;
  readonly deadlineMs: number;
  readonly event: string;
}

/** The result that a runtime reports for an invocation. */
export type RuntimeResult =
  | { readonly kind: 'response'; readonly json: string }
  | { readonly kind: 'stream'; readonly body: IncomingMessage }
  | { readonly kind: 'error'; readonly errorType: string; readonly message: string }
  | { readonly kind: 'too-large'; readonly bytes: number };

/** Reports of a runtime to its server. */
export interface RuntimeApiEvents {
  /** The runtime asks for work: it is initialised and idle. */
  readonly onNext: () => void;
  readonly onInitError: (errorType: string, message: string) => void;
  readonly onResult: (id: string, result: RuntimeResult) => void;
}

/** The Runtime API of one instance. */
export interface RuntimeApi {
  /** `host:port`, the value of `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Gives an invocation to the runtime, at once if it waits in `next`. */
  offer(invocation: Invocation): void;
  close(): void;
}

/** More than the documented 6 MB by a hundred bytes, as the message of the service has it. */
const responseLimitBytes = 6 * 1024 * 1024 + 100;

/** The state of the Runtime API of one instance. */
interface ApiState {
  readonly events: RuntimeApiEvents;
  address: string;
  /** The runtime's request for work, until there is some. */
  next?: ServerResponse | undefined;
  /** The invocation that the runtime has not asked for yet. */
  offered?: Invocation | undefined;
  currentId?: string | undefined;
}

/**
 * Serves https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html to one instance, on a port of its own:
 * the paths name no instance.
 */
export async function serveRuntimeApi(events: RuntimeApiEvents): Promise<RuntimeApi> {
  const state: ApiState = { events, address: '' };
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    answer(state, request, response).catch(() => response.destroy());
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => {
    server.listen({ port: 0, host: '127.0.0.1' }, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') {
    throw new LocalCloudError('The Runtime API listens on no port.');
  }
  state.address = `127.0.0.1:${bound.port}`;
  return {
    address: state.address,
    offer(invocation) {
      state.offered = invocation;
      assign(state);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  state: ApiState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (isFromBrowser(request) || request.headers.host !== state.address) {
    const message = 'The Runtime API answers the runtime of this instance only.';
    return refuse(response, 403, 'Forbidden', message);
  }
  const path = (request.url ?? '').replace(/^\/2018-06-01\/runtime\//, '');
  const route = `${request.method} ${path}`;
  if (route === 'GET invocation/next') return onNext(state, request, response);
  if (route === 'POST init/error') {
    const fault = await readFault(request);
    accept(response);
    return state.events.onInitError(fault.errorType, fault.message);
  }
  const groups = /^POST invocation\/(?<id>[^/]+)\/(?<verb>response|error)$/.exec(route)?.groups;
  if (groups !== undefined) return onResult(state, request, response, groups);
  return refuse(response, 404, 'NotFound', 'No such path in the Runtime API.');
}

async function onResult(
  { events, currentId }: ApiState,
  request: IncomingMessage,
  response: ServerResponse,
  { id = '', verb }: Readonly<Record<string, string>>,
): Promise<void> {
  if (currentId === undefined || decodeURIComponent(id) !== currentId) {
    return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
  }
  const report = (result: RuntimeResult) => events.onResult(currentId, result);
  if (verb === 'response') return onResponse(request, response, report);
  report({ kind: 'error', ...(await readFault(request)) });
  return accept(response);
}

function onNext(state: ApiState, request: IncomingMessage, response: ServerResponse): void {
  state.next = response;
  request.socket.setTimeout(0);
  state.events.onNext();
  assign(state);
}

/** Gives the offered invocation to the runtime that waits for one. */
function assign(state: ApiState): void {
  const { next: response, offered: invocation } = state;
  if (response === undefined || invocation === undefined) return;
  state.next = undefined;
  state.offered = undefined;
  state.currentId = invocation.id;
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(invocation.event),
    'lambda-runtime-aws-request-id': invocation.id,
    'lambda-runtime-deadline-ms': String(invocation.deadlineMs),
    'lambda-runtime-invoked-function-arn': invocation.functionArn,
    'lambda-runtime-trace-id': invocation.traceId,
  });
  response.end(invocation.event);
}

async function onResponse(
  request: IncomingMessage,
  response: ServerResponse,
  report: (result: RuntimeResult) => void,
): Promise<void> {
  if (request.headers['lambda-runtime-function-response-mode'] === 'streaming') {
    request.once('end', () => accept(response));
    return report({ kind: 'stream', body: request });
  }
  const body = await readBody(request, responseLimitBytes);
  if (typeof body === 'number') {
    report({ kind: 'too-large', bytes: body });
    const message = `Exceeded maximum allowed payload size (${responseLimitBytes} bytes).`;
    return refuse(response, 413, 'RequestEntityTooLarge', message);
  }
  report({ kind: 'response', json: body.toString('utf8') });
  return accept(response);
}

/** A page in a browser could reach this port and take or answer an invocation; a runtime sends none of these. */
function isFromBrowser(request: IncomingMessage): boolean {
  return request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
}

function accept(response: ServerResponse): void {
  if (response.headersSent) return;
  const body = '{"status":"OK"}\n';
  response.writeHead(202, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

function refuse(
  response: ServerResponse,
  status: number,
  errorType: string,
  errorMessage: string,
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errorMessage, errorType }));
}

async function readFault(
  request: IncomingMessage,
): Promise<{ errorType: string; message: string }> {
  const header = request.headers['lambda-runtime-function-error-type'];
  const body = await readBody(request, responseLimitBytes);
  const fault = typeof body === 'number' ? undefined : parseFault(body);
  return {
    errorType: fault?.errorType ?? (typeof header === 'string' ? header : 'Error'),
    message: fault?.message ?? '',
  };
}

function parseFault(
  body: Buffer,
): { errorType: string | undefined; message: string | undefined } | undefined {
  try {
    const fault: unknown = JSON.parse(body.toString('utf8'));
    if (!isObject(fault)) return undefined;
    const { errorType, errorMessage } = fault;
    return {
      errorType: typeof errorType === 'string' ? errorType : undefined,
      message: typeof errorMessage === 'string' ? errorMessage : undefined,
    };
  } catch {
    return undefined;
  }
}

/** The complete body, or only its length when it is longer than the limit. */
async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | number> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes <= limit) chunks.push(chunk);
  }
  return bytes <= limit ? Buffer.concat(chunks) : bytes;
}
