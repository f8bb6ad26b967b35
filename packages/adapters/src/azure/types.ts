/** What an adapter reads of the v4 model's `HttpRequest`; `params` and `query` are not to be trusted. */
export interface AzureHttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { forEach(callback: (value: string, name: string) => void): void };
  readonly body: unknown;
}

/** What an adapter reads of the v4 model's `InvocationContext`. */
export interface AzureInvocationContext {
  readonly invocationId: string;
  readonly functionName: string;
}

/** A cookie as `HttpResponseInit` takes it. */
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

/** The answer as the v4 model takes it. */
export interface AzureHttpResponseInit {
  status: number;
  headers: Record<string, string>;
  cookies: AzureCookie[];
  body?: Uint8Array | ReadableStream<Uint8Array>;
}

/** How the app that the function stands in is set up. */
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
