/**
 * What an adapter reads of the v4 model's `HttpRequest`; `params` and `query` are not to be trusted.
 *
 * @example
 * ```ts
 * import type { AzureHttpRequest } from '@tricloud/adapters/azure';
 *
 * const request: AzureHttpRequest = {
 *   method: 'GET',
 *   url: 'https://example.com/hello',
 *   headers: new Headers(),
 *   body: null,
 * };
 * request.method; // => 'GET'
 * ```
 */
export interface AzureHttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { forEach(callback: (value: string, name: string) => void): void };
  readonly body: unknown;
}

/**
 * What an adapter reads of the v4 model's `InvocationContext`.
 *
 * @example
 * ```ts
 * import type { AzureInvocationContext } from '@tricloud/adapters/azure';
 *
 * const context: AzureInvocationContext = { invocationId: '1', functionName: 'hello' };
 * context.functionName; // => 'hello'
 * ```
 */
export interface AzureInvocationContext {
  readonly invocationId: string;
  readonly functionName: string;
}

/**
 * A cookie as `HttpResponseInit` takes it.
 *
 * @example
 * ```ts
 * import type { AzureCookie } from '@tricloud/adapters/azure';
 *
 * const cookie: AzureCookie = { name: 'theme', value: 'dark', sameSite: 'Lax' };
 * cookie.value; // => 'dark'
 * ```
 */
export interface AzureCookie {
  name: string;
  value: string;
  domain?: string;
  path?: string;
  expires?: Date;
  secure?: boolean;
  httpOnly?: boolean;
  sameSite?: 'Strict' | 'Lax' | 'None';
  maxAge?: number;
}

/**
 * The answer as the v4 model takes it.
 *
 * @example
 * ```ts
 * import type { AzureHttpResponseInit } from '@tricloud/adapters/azure';
 *
 * const init: AzureHttpResponseInit = { status: 204, headers: {}, cookies: [] };
 * init.status; // => 204
 * ```
 */
export interface AzureHttpResponseInit {
  status: number;
  headers: Record<string, string>;
  cookies: AzureCookie[];
  body?: Uint8Array | ReadableStream<Uint8Array>;
}

/**
 * How the app that the function stands in is set up.
 *
 * @example
 * ```ts
 * import { type AzureOptions, toAzureFunction } from '@tricloud/adapters/azure';
 *
 * const options: AzureOptions = { httpStream: true, routePrefix: 'api' };
 * const handler = toAzureFunction(({ url }) => new Response(new URL(url).pathname), options);
 *
 * const url = 'https://example.com/api/hello';
 * const request = { method: 'GET', url, headers: new Headers(), body: null };
 * const { body } = await handler(request, { invocationId: '1', functionName: 'hello' });
 * await new Response(body).text(); // => '/hello'
 * ```
 */
export interface AzureOptions {
  /**
   * Whether the app has called `app.setup({ enableHttpStream: true })`: response bodies are then
   * streamed. Where it says `false`, several cookies keep more of their own form; left out, an
   * answer is right in both modes.
   */
  readonly httpStream?: boolean;
  /** `extensions.http.routePrefix` of `host.json`, to be taken off the path; none unless said. */
  readonly routePrefix?: string;
}
