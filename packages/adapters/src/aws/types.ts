/**
 * What an adapter reads of the context that Lambda gives with every event.
 *
 * @example
 * ```ts
 * import type { LambdaContext } from '@tricloud/adapters/aws';
 *
 * const context: LambdaContext = {
 *   awsRequestId: '1',
 *   functionName: 'hello',
 *   memoryLimitInMB: '512',
 *   getRemainingTimeInMillis: () => 1000,
 * };
 * context.getRemainingTimeInMillis(); // => 1000
 * ```
 */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly memoryLimitInMB: string;
  getRemainingTimeInMillis(): number;
}

/**
 * What API Gateway, a function URL or a load balancer takes back, in the form its event asks for.
 *
 * @example
 * ```ts
 * import type { LambdaResult } from '@tricloud/adapters/aws';
 *
 * const result: LambdaResult = { statusCode: 200, body: 'Hello', isBase64Encoded: false };
 * result.statusCode; // => 200
 * ```
 */
export interface LambdaResult {
  statusCode: number;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  /** `Set-Cookie` values; format 2.0 only. */
  cookies?: string[];
  body: string;
  isBase64Encoded: boolean;
  /** Load balancers only, such as `200 OK`. */
  statusDescription?: string;
}

/** The form of an event, which is also the form of its answer. */
export type Shape = 'format-2' | 'format-1' | 'alb-single' | 'alb-multi';
