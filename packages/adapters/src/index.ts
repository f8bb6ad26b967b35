/**
 * Where an invocation runs: one of the three clouds, or a plain Node server.
 *
 * @example
 * ```ts
 * import type { Provider } from '@tricloud/adapters';
 *
 * const clouds: readonly Provider[] = ['aws', 'google', 'azure'];
 * clouds.length; // => 3
 * ```
 */
export type Provider = 'aws' | 'google' | 'azure' | 'node';

/**
 * Who calls: all that a portable function may know of the cloud it runs on.
 *
 * @example
 * ```ts
 * import type { Invocation } from '@tricloud/adapters';
 *
 * const caller = ({ provider, region }: Pick<Invocation, 'provider' | 'region'>) =>
 *   `${provider} in ${region}`;
 * caller({ provider: 'aws', region: 'us-east-1' }); // => 'aws in us-east-1'
 * ```
 */
export interface Invocation {
  readonly provider: Provider;
  /** The provider's own request id. */
  readonly id: string;
  readonly functionName: string;
  /** The provider's name of the region, `local` where there is none. */
  readonly region: string;
  /** The provider's name of the runtime, such as `nodejs24.x`. */
  readonly runtime: string;
  /** Memory given to the instance in MiB, `null` where the provider does not say. */
  readonly memoryMiB: number | null;
  /** Whether this is the first invocation of its instance. */
  readonly coldStart: boolean;
  /** Milliseconds left until the provider ends the invocation; `Infinity` where there is no end. */
  remainingMs(): number;
}

/**
 * A portable function: written once against the web's own `Request` and `Response`.
 *
 * @example
 * ```ts
 * import type { FetchHandler, Invocation } from '@tricloud/adapters';
 *
 * const handler: FetchHandler = (request, { provider }) =>
 *   Response.json({ hello: new URL(request.url).pathname, from: provider });
 *
 * const invocation: Invocation = {
 *   provider: 'node',
 *   id: '1',
 *   functionName: 'hello',
 *   region: 'local',
 *   runtime: 'nodejs24',
 *   memoryMiB: null,
 *   coldStart: true,
 *   remainingMs: () => Infinity,
 * };
 * const response = await handler(new Request('https://example.com/world'), invocation);
 * await response.json(); // => { hello: '/world', from: 'node' }
 * ```
 */
export type FetchHandler = (
  request: Request,
  invocation: Invocation,
) => Response | Promise<Response>;
