import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LocalCloudError } from '../errors.ts';
import { isObject } from './http-api-answer.ts';

/** An event on its way into a function. */
export interface Invocation {
  readonly id: string;
  readonly traceId: string;
  readonly functionArn: string;
  readonly deadlineMs: number;
  readonly event: string;
}

/** What a runtime said of an invocation. */
export type RuntimeResult =
  | { readonly kind: 'response'; readonly json: string }
  | { readonly kind: 'stream'; readonly body: IncomingMessage }
  | { readonly kind: 'error'; readonly errorType: string; readonly message: string }
  | { readonly kind: 'too-large'; readonly bytes: number };

/** What a runtime does, as its server sees it. */
export interface RuntimeApiEvents {
  /** The runtime asks for work: it has been initialised and is idle. */
  readonly onNext: () => void;
  readonly onInitError: (errorType: string, message: string) => void;
  readonly onResult: (id: string, result: RuntimeResult) => void;
}

/** The Runtime API of one instance. */
export interface RuntimeApi {
  /** `host:port`, the value of `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Hands an invocation to the runtime that waits in `next`. */
  offer(invocation: Invocation): void;
  close(): void;
}

/** More than the documented 6 MB by a hundred bytes, as the service itself says in its message. */
const responseLimitBytes = 6 * 1024 * 1024 + 100;

/**
 * Serves https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html to one instance, on a port of its own:
 * the paths name no instance.
 */
export async function serveRuntimeApi(events: RuntimeApiEvents): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  let offered: Invocation | undefined;
  let current: string | undefined;
  let address = '';

  const hand = () => {
    if (waiting === undefined || offered === undefined) return;
    const response = waiting;
    const invocation = offered;
    waiting = undefined;
    offered = undefined;
    current = invocation.id;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(invocation.event),
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(invocation.deadlineMs),
      'lambda-runtime-invoked-function-arn': invocation.functionArn,
      'lambda-runtime-trace-id': invocation.traceId,
    });
    response.end(invocation.event);
  };

  const onRequest = async (request: IncomingMessage, response: ServerResponse) => {
    if (isFromBrowser(request) || request.headers.host !== address) {
      return refuse(response, 403, 'Forbidden', 'Only the runtime of this instance speaks here.');
    }
    const [, version, scope, area, id, verb] = (request.url ?? '').split('/');
    if (version !== '2018-06-01' || scope !== 'runtime') return notFound(response);
    if (area === 'init' && id === 'error') {
      const fault = await readFault(request);
      accept(response);
      return events.onInitError(fault.errorType, fault.message);
    }
    if (area !== 'invocation' || id === undefined) return notFound(response);
    if (id === 'next' && request.method === 'GET') {
      waiting = response;
      request.socket.setTimeout(0);
      events.onNext();
      return hand();
    }
    if (request.method !== 'POST' || (verb !== 'response' && verb !== 'error')) {
      return notFound(response);
    }
    if (current === undefined || decodeURIComponent(id) !== current) {
      return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
    }
    if (verb === 'error') {
      const fault = await readFault(request);
      events.onResult(current, { kind: 'error', ...fault });
      return accept(response);
    }
    if (request.headers['lambda-runtime-function-response-mode'] === 'streaming') {
      request.once('end', () => accept(response));
      return events.onResult(current, { kind: 'stream', body: request });
    }
    const body = await readBody(request, responseLimitBytes);
    if (typeof body === 'number') {
      events.onResult(current, { kind: 'too-large', bytes: body });
      return refuse(
        response,
        413,
        'RequestEntityTooLarge',
        `Exceeded maximum allowed payload size (${responseLimitBytes} bytes).`,
      );
    }
    events.onResult(current, { kind: 'response', json: body.toString('utf8') });
    return accept(response);
  };

  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    onRequest(request, response).catch(() => response.destroy());
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => {
    server.listen({ port: 0, host: '127.0.0.1' }, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') {
    throw new LocalCloudError('The Runtime API listens on no port.');
  }
  address = `127.0.0.1:${bound.port}`;

  return {
    address,
    offer(invocation) {
      offered = invocation;
      hand();
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
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

function notFound(response: ServerResponse): void {
  refuse(response, 404, 'NotFound', 'No such path in the Runtime API.');
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

function parseFault(body: Buffer): { errorType?: string; message?: string } | undefined {
  try {
    const fault: unknown = JSON.parse(body.toString('utf8'));
    if (!isObject(fault)) return undefined;
    const { errorType, errorMessage } = fault;
    return {
      ...(typeof errorType === 'string' ? { errorType } : {}),
      ...(typeof errorMessage === 'string' ? { message: errorMessage } : {}),
    };
  } catch {
    return undefined;
  }
}

/** The whole body, or only its length when it is longer than the limit. */
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
