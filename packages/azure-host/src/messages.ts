import type { LogLevel } from './host-types.ts';
import { fieldOf } from './narrow.ts';

/** An HTTP request on its way to the worker; lists hold name, value, name, value. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly query: readonly string[];
  readonly params: readonly string[];
  readonly body?: Uint8Array | undefined;
}

/** The earlier attempts, for a repeated one. */
export interface RetryContext {
  readonly retryCount: number;
  readonly maxRetryCount: number;
  readonly exception?: { readonly message: string; readonly stackTrace?: string };
}

/** The input of a function: a buffered request, a streamed one (by its trigger metadata), or data. */
export type Input =
  | { readonly kind: 'http'; readonly http: WireRequest }
  | { readonly kind: 'stream'; readonly headers: string; readonly metadata: readonly string[] }
  | { readonly kind: 'json'; readonly json: string }
  | { readonly kind: 'string'; readonly string: string };

/** Asks the worker to run a function. */
export interface Invoke {
  readonly type: 'invoke';
  readonly id: string;
  readonly functionId: string;
  readonly input: Input;
  readonly traceParent?: string | undefined;
  readonly traceState?: string | undefined;
  readonly retry?: RetryContext | undefined;
}

/** Messages to the worker, sent in lists. */
export type ToWorker = Invoke | { readonly type: 'terminate' };

/** A cookie as the library passes it. */
export interface WireCookie {
  readonly name: string;
  readonly value: string;
  readonly domain?: string;
  readonly path?: string;
  readonly expiresSeconds?: number;
  readonly maxAge?: number;
  readonly secure?: boolean;
  readonly httpOnly?: boolean;
  readonly sameSite?: 'lax' | 'strict' | 'none';
}

/** A buffered answer; `headers` holds name, value, name, value. */
export interface WireResponse {
  readonly status: number;
  readonly headers: readonly string[];
  readonly cookies: readonly WireCookie[];
  readonly body?: Uint8Array | undefined;
  readonly negotiates: boolean;
}

/** A binding as an app registered it. */
export type Binding = Readonly<Record<string, unknown>>;

/** A function as an app registered it. */
export interface RegisteredFunction {
  readonly id: string;
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly retry?: RetryOptions | undefined;
  readonly scriptFile?: string | undefined;
}

/** Number and delay of the retries of a failed function; -1 is forever. */
export interface RetryOptions {
  readonly strategy: 'fixedDelay' | 'exponentialBackoff';
  readonly maxRetryCount: number;
  readonly delaySeconds: number;
  readonly minimumSeconds: number;
  readonly maximumSeconds: number;
}

/** The worker has loaded the app, or could not. */
export interface Loaded {
  readonly type: 'loaded';
  readonly functions: readonly RegisteredFunction[];
  /** Where the library listens for streamed requests, if the app streams. */
  readonly httpUri?: string | undefined;
  /** The reason that no function of the app works. */
  readonly error?: string;
}

/** An invocation has ended. `isEmpty`: the function returned nothing. */
export type Ended =
  | {
      readonly type: 'ended';
      readonly id: string;
      readonly ok: true;
      readonly isEmpty: boolean;
      readonly response?: WireResponse;
      readonly outputs: readonly string[];
    }
  | {
      readonly type: 'ended';
      readonly id: string;
      readonly ok: false;
      readonly message: string;
      readonly stack: string;
    };

/** A line that was logged in the worker. */
export interface Logged {
  readonly type: 'log';
  readonly level: LogLevel;
  readonly category: 'user' | 'system';
  readonly message: string;
  readonly id?: string | undefined;
  readonly functionName?: string | undefined;
  readonly stream?: 'stdout' | 'stderr' | undefined;
}

/** Messages to the host, sent in lists. */
export type FromWorker = Loaded | Ended | Logged;

/** The messages of a list that came from the worker. */
export function parseFromWorker(value: unknown): readonly FromWorker[] {
  return Array.isArray(value) ? value.filter(isFromWorker) : [];
}

/** The messages of a list that came from the host. */
export function parseToWorker(value: unknown): readonly ToWorker[] {
  return Array.isArray(value) ? value.filter(isToWorker) : [];
}

// Both ends are this version of this package: a message is what its type says.
const fromWorker: ReadonlySet<unknown> = new Set<FromWorker['type']>(['ended', 'loaded', 'log']);
const toWorker: ReadonlySet<unknown> = new Set<ToWorker['type']>(['invoke', 'terminate']);

function isFromWorker(value: unknown): value is FromWorker {
  return fromWorker.has(fieldOf(value, 'type'));
}

function isToWorker(value: unknown): value is ToWorker {
  return toWorker.has(fieldOf(value, 'type'));
}
