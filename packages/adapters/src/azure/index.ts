import { checkHandler } from '../check-handler.ts';
import { callHandler } from '../call-handler.ts';
import { problem, refusal, report } from '../failure.ts';
import type { FetchHandler } from '../index.ts';
import { invocations } from './invocation.ts';
import { toRequest } from './to-request.ts';
import { toResult } from './to-result.ts';
import type {
  AzureHttpRequest,
  AzureHttpResponseInit,
  AzureInvocationContext,
  AzureOptions,
} from './types.ts';

export type {
  AzureCookie,
  AzureHttpRequest,
  AzureHttpResponseInit,
  AzureInvocationContext,
  AzureOptions,
} from './types.ts';

/**
 * Serves a portable function from the Azure Functions v4 programming model.
 *
 * Register it for every method and the route `{*path}`, without a leading slash. It always returns
 * an object and never throws: in stream mode Azure would leave the client without an answer.
 *
 * @example
 * ```ts
 * import { app } from '@azure/functions';
 * import { toAzureFunction } from '@tricloud/adapters/azure';
 *
 * const handler = toAzureFunction(() => new Response('Hello'));
 * app.http('hello', { route: '{*path}', handler });
 *
 * const request = { method: 'GET', url: 'https://example.com/', headers: new Headers(), body: null };
 * (await handler(request, { invocationId: '1', functionName: 'hello' })).status; // => 200
 * ```
 */
export function toAzureFunction(
  handler: FetchHandler,
  options: AzureOptions = {},
): (request: AzureHttpRequest, context: AzureInvocationContext) => Promise<AzureHttpResponseInit> {
  checkHandler(handler);
  const invocationOf = invocations();
  return async (source, context) => {
    const invocation = invocationOf(context);
    let request: Request;
    try {
      request = toRequest(source, options);
    } catch (error) {
      return toResult(refusal(error), 'GET', options);
    }
    const response = await callHandler(handler, request, invocation);
    try {
      return await toResult(response, request.method, options);
    } catch (error) {
      report(error);
      return toResult(problem(500), request.method, options);
    }
  };
}
