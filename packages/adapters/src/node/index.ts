import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkHandler } from '../check-handler.ts';
import { callHandler } from '../call-handler.ts';
import { refusal, report } from '../failure.ts';
import { discardRest, incomingRequest } from '../incoming-request.ts';
import type { FetchHandler, Invocation } from '../index.ts';
import { departure, sendResponse } from '../outgoing-response.ts';

/**
 * Serves a portable function from a plain Node server.
 *
 * @example
 * ```ts
 * import { once } from 'node:events';
 * import { createServer } from 'node:http';
 * import { toNodeListener } from '@tricloud/adapters/node';
 *
 * const server = createServer(toNodeListener(() => new Response('Hello'))).listen(0, '127.0.0.1');
 * await once(server, 'listening');
 * const { port } = Object(server.address());
 * await (await fetch(`http://127.0.0.1:${port}/`)).text(); // => 'Hello'
 * server.close();
 * ```
 */
export function toNodeListener(
  handler: FetchHandler,
): (req: IncomingMessage, res: ServerResponse) => void {
  checkHandler(handler);
  let coldStart = true;
  return (req, res) => {
    const invocation: Invocation = {
      provider: 'node',
      id: randomUUID(),
      functionName: 'node',
      region: 'local',
      runtime: `nodejs${process.versions.node.split('.', 1)[0]}`,
      memoryMiB: null,
      coldStart,
      remainingMs: () => Infinity,
    };
    coldStart = false;
    void serve(handler, invocation, req, res).catch(report);
  };
}

async function serve(
  handler: FetchHandler,
  invocation: Invocation,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const gone = departure(res);
  let request: Request | undefined;
  let response: Response;
  try {
    request = incomingRequest(req, {
      target: req.url ?? '/',
      scheme: 'encrypted' in req.socket ? 'https' : 'http',
      signal: gone,
    });
    response = await callHandler(handler, request, invocation);
  } catch (error) {
    response = refusal(error);
  }
  await sendResponse(response, request?.method ?? req.method ?? 'GET', res, gone);
  discardRest(req);
}
