import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkHandler } from '../check-handler.ts';
import { callHandler } from '../call-handler.ts';
import { refusal } from '../failure.ts';
import { discardRest, incomingRequest } from '../incoming-request.ts';
import type { FetchHandler } from '../index.ts';
import { departure, sendResponse } from '../outgoing-response.ts';
import { isLoopback } from '../request-url.ts';
import { invocations } from './invocation.ts';

export { leaveBodiesUnread } from './body-parsers.ts';

/**
 * What the functions framework adds to Node's own message.
 *
 * @example
 * ```ts
 * import type { CloudFunctionRequest } from '@tricloud/adapters/google';
 *
 * const target = (req: Pick<CloudFunctionRequest, 'originalUrl' | 'url'>) => req.originalUrl ?? req.url;
 * target({ originalUrl: '/hello/world', url: '/world' }); // => '/hello/world'
 * ```
 */
export interface CloudFunctionRequest extends IncomingMessage {
  /** The body as the framework's parsers saw it, inflated; absent where none of them matched. */
  readonly rawBody?: Uint8Array;
  /** The target as it came; `url` is what Express has left of it. */
  readonly originalUrl?: string;
}

/**
 * Serves a portable function from the functions framework, that is from Cloud Run functions.
 *
 * The framework itself answers 404 to `/favicon.ico` and `/robots.txt` unless `IGNORED_ROUTES` is
 * set to nothing, and 400 to JSON that cannot be parsed unless `leaveBodiesUnread` was called: such
 * requests never reach an adapter.
 *
 * @example
 * ```ts
 * import { once } from 'node:events';
 * import { http } from '@google-cloud/functions-framework';
 * import { getTestServer } from '@google-cloud/functions-framework/testing';
 * import { toCloudFunction } from '@tricloud/adapters/google';
 *
 * http('hello', toCloudFunction(() => new Response('Hello')));
 *
 * const server = getTestServer('hello').listen(0, '127.0.0.1');
 * await once(server, 'listening');
 * const { port } = Object(server.address());
 * await (await fetch(`http://127.0.0.1:${port}/`)).text(); // => 'Hello'
 * server.close();
 * ```
 */
export function toCloudFunction(
  handler: FetchHandler,
): (req: CloudFunctionRequest, res: ServerResponse) => Promise<void> {
  checkHandler(handler);
  const invocationOf = invocations();
  return async (req, res) => {
    const gone = departure(res);
    const invocation = invocationOf(req.headers);
    let request: Request | undefined;
    let response: Response;
    try {
      request = toRequest(req, gone);
      response = await callHandler(handler, request, invocation);
    } catch (error) {
      response = refusal(error);
    }
    await sendResponse(response, request?.method ?? req.method ?? 'GET', res, gone);
    discardRest(req);
  };
}

function toRequest(req: CloudFunctionRequest, signal: AbortSignal): Request {
  const { rawBody } = req;
  // The framework has inflated what it has read; these fields still describe the wire.
  const isInflated = rawBody !== undefined && isEncoded(req.headers['content-encoding']);
  return incomingRequest(req, {
    target: req.originalUrl ?? req.url ?? '/',
    scheme: schemeOf(req),
    body: rawBody === undefined ? undefined : new Uint8Array(rawBody),
    isStale: (name) => isInflated && (name === 'content-encoding' || name === 'content-length'),
    signal,
  });
}

/** Google ends TLS in front of the instance; forwarded fields are not asked, a client can forge them. */
function schemeOf(req: CloudFunctionRequest): 'http' | 'https' {
  if ('encrypted' in req.socket) return 'https';
  const isOnCloudRun = process.env['K_SERVICE'] !== undefined;
  return isOnCloudRun && !isLoopback(req.headers.host ?? 'localhost') ? 'https' : 'http';
}

function isEncoded(encoding: string | undefined): boolean {
  return encoding !== undefined && encoding.trim().toLowerCase() !== 'identity';
}
