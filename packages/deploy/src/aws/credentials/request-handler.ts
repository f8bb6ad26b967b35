import { Readable } from 'node:stream';
import {
  buildQueryString,
  type HttpHandler,
  type HttpRequest,
  HttpResponse,
} from '@smithy/core/protocols';
import { noAnswer } from '../../engine/http-client.ts';
import type { Fetch } from '../../engine/proxy.ts';
import type { Run } from '../../engine/run.ts';

/** No answer of AWS: none at all, or the page of a proxy or a load balancer. The SDK repeats such a request. */
class NoAnswerError extends Error {
  /** The SDK's own sign of a fault that passes. */
  readonly code = 'ECONNRESET';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = new.target.name;
  }
}

type RequestHandlerOptions = Pick<Run, 'signal' | 'timing'> & { readonly fetch: Fetch };

/** Sends the SDK's requests as the engine sends its own: through the environment's proxy, with a time-out. */
export function createRequestHandler(options: RequestHandlerOptions): HttpHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request) => ({ response: await send(request, options) }),
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

/** Headers that fetch sets itself or cannot send. */
const ownHeaders: ReadonlySet<string> = new Set(['host', 'content-length', 'expect', 'connection']);

async function send(
  request: HttpRequest,
  { fetch, signal, timing }: RequestHandlerOptions,
): Promise<HttpResponse> {
  const { method, hostname } = request;
  const body = bodyOf(request);
  const timeoutMs = body instanceof Uint8Array ? timing.uploadMs : timing.requestMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  const headers = Object.entries(request.headers).filter(
    ([name]) => !ownHeaders.has(name.toLowerCase()),
  );
  try {
    const response = await fetch(urlOf(request), {
      method,
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const { status, headers: answered } = response;
    if (/^\s*<(?:!doctype html|html)/i.test(bytes.toString('latin1', 0, 100))) {
      throw new NoAnswerError(`${hostname}: answered with status ${status} (text/html)`);
    }
    return new HttpResponse({
      statusCode: status,
      headers: Object.fromEntries(answered),
      body: Readable.from([bytes]),
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof NoAnswerError || !(error instanceof Error)) throw error;
    const limit = timeout.aborted ? timeoutMs : null;
    throw new NoAnswerError(noAnswer(error, hostname, limit), error);
  }
}

function urlOf({ protocol, hostname, port, path, query }: HttpRequest): URL {
  const search = buildQueryString(query);
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  return new URL(`${protocol}//${host}${path}${search === '' ? '' : `?${search}`}`);
}

function bodyOf({ method, body }: HttpRequest): string | Uint8Array | null {
  const given: unknown = body;
  if (method === 'GET' || method === 'HEAD' || given === undefined || given === null) return null;
  if (typeof given === 'string' || given instanceof Uint8Array) return given;
  throw new TypeError('the body of a request to AWS is a text or bytes');
}
