import { withDeploymentId } from './deployment-id.ts';
import { excerpt, problem, report } from './failure.ts';
import type { FetchHandler, Invocation } from './index.ts';

/** Calls the handler and always comes back with a response: a bare 500 for whatever went wrong. */
export async function callHandler(
  handler: FetchHandler,
  request: Request,
  invocation: Invocation,
): Promise<Response> {
  return withDeploymentId(request, await respond(handler, request, invocation));
}

async function respond(
  handler: FetchHandler,
  request: Request,
  invocation: Invocation,
): Promise<Response> {
  try {
    const response: unknown = await handler(request, invocation);
    if (isSendable(response)) return response;
    report(new TypeError(`The handler must return an unread Response, not ${describe(response)}.`));
  } catch (error) {
    // What a client's own departure makes fail is not a fault of the handler.
    if (!request.signal.aborted) report(error);
  }
  return problem(500);
}

/** Told by its shape, not by `instanceof`: a handler may bring its own implementation of `Response`. */
function isSendable(value: unknown): value is Response {
  // A genuine one may still be Response.error(); whether it has been read shows when it is read.
  if (value instanceof Response) return value.status !== 0;
  if (typeof value !== 'object' || value === null) return false;
  const { status, headers, arrayBuffer, bodyUsed }: Readonly<Record<string, unknown>> =
    Object(value);
  return (
    isStatus(status) &&
    hasForEach(headers) &&
    typeof arrayBuffer === 'function' &&
    bodyUsed !== true
  );
}

function isStatus(status: unknown): boolean {
  return Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599;
}

function hasForEach(headers: unknown): boolean {
  return (
    typeof headers === 'object' &&
    headers !== null &&
    'forEach' in headers &&
    typeof headers.forEach === 'function'
  );
}

function describe(value: unknown): string {
  if (value instanceof Response) return 'Response.error()';
  return value === undefined ? 'undefined' : excerpt(value);
}
