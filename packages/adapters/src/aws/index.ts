import { checkHandler } from '../check-handler.ts';
import { callHandler } from '../call-handler.ts';
import { problem, refusal, report } from '../failure.ts';
import type { FetchHandler } from '../index.ts';
import { readBody } from '../response-body.ts';
import { invocations } from './invocation.ts';
import { httpEvent, shapeOf } from './shape.ts';
import { streamify } from './stream.ts';
import { toRequest } from './to-request.ts';
import { toResult } from './to-result.ts';
import type { LambdaContext, LambdaResult, Shape } from './types.ts';

export type { LambdaContext, LambdaResult } from './types.ts';

/**
 * Serves a portable function from API Gateway (HTTP APIs in format 2.0 and 1.0, REST APIs), function
 * URLs and load balancers.
 *
 * A REST API must list the media type wildcard in its `binaryMediaTypes`, or its clients
 * get base64 where the body is not text.
 *
 * @example
 * ```ts
 * import { type LambdaContext, toLambda } from '@tricloud/adapters/aws';
 *
 * export const handler = toLambda(() => new Response('Hello'));
 *
 * const event = {
 *   version: '2.0',
 *   rawPath: '/hello',
 *   rawQueryString: '',
 *   headers: { host: 'example.com' },
 *   requestContext: { http: { method: 'GET', path: '/hello' } },
 *   isBase64Encoded: false,
 * };
 * const context: LambdaContext = {
 *   awsRequestId: '1',
 *   functionName: 'hello',
 *   memoryLimitInMB: '512',
 *   getRemainingTimeInMillis: () => 1000,
 * };
 * (await handler(event, context)).body; // => 'Hello'
 * ```
 */
export function toLambda(
  handler: FetchHandler,
): (event: unknown, context: LambdaContext) => Promise<LambdaResult> {
  checkHandler(handler);
  const invocationOf = invocations();
  return async (event, context) => {
    const invocation = invocationOf(context);
    let request: Request;
    let shape: Shape;
    try {
      const http = httpEvent(event);
      shape = http.shape;
      request = toRequest(http);
    } catch (error) {
      const refused = refusal(error);
      return toResult(refused, shapeOf(event), await readBody(refused, 'GET'));
    }
    const response = await callHandler(handler, request, invocation);
    try {
      return toResult(response, shape, await readBody(response, request.method));
    } catch (error) {
      report(error);
      const failed = problem(500);
      return toResult(failed, shape, await readBody(failed, request.method));
    }
  };
}

/**
 * Serves a portable function with response streaming, from function URLs in the invoke mode
 * `RESPONSE_STREAM` and REST APIs that stream.
 *
 * Throws at once where there is no global `awslambda`, which only Lambda's managed Node runtimes have.
 *
 * @example
 * ```ts
 * import { toLambdaStream } from '@tricloud/adapters/aws';
 *
 * export const handler = toLambdaStream(() => new Response(new Blob(['Hello']).stream()));
 * typeof handler; // => 'function'
 * ```
 */
export function toLambdaStream(handler: FetchHandler): unknown {
  return streamify(handler);
}
