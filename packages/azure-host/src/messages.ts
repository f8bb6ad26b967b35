import type { LogLevel } from './host-types.ts';
import { fieldOf, isRecord, isStrings } from './narrow.ts';

/** An HTTP request on its way to the worker; lists hold name, value, name, value. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly query: readonly string[];
  readonly params: readonly string[];
  readonly body?: Uint8Array;
}

/** What a retried attempt is told. */
export interface RetryContext {
  readonly retryCount: number;
  readonly maxRetryCount: number;
  readonly exception?: { readonly message: string; readonly stackTrace?: string };
}

/** What starts a function: a buffered request, a streamed one (by its trigger metadata), or data. */
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
  readonly traceParent?: string;
  readonly traceState?: string;
  readonly retry?: RetryContext;
}

/** What the host sends to the worker, in lists. */
export type ToWorker = Invoke | { readonly type: 'load' } | { readonly type: 'terminate' };

/** A cookie as the library hands it over. */
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
  readonly body?: Uint8Array;
  readonly negotiates: boolean;
}

/** A binding as an app registered it. */
export type Binding = Readonly<Record<string, unknown>>;

/** A function as an app registered it. */
export interface RegisteredFunction {
  readonly id: string;
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly retry?: RetryOptions;
  readonly scriptFile?: string;
}

/** How often and how fast a failed function is tried again; -1 is for ever. */
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
  readonly httpUri?: string;
  /** Why no function of the app works. */
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
  readonly id?: string;
  readonly functionName?: string;
  readonly stream?: 'stdout' | 'stderr';
}

/** What the worker sends to the host, in lists. */
export type FromWorker = Loaded | Ended | Logged;

/** The known messages of a list that came from the worker. */
export function parseFromWorker(value: unknown): readonly FromWorker[] {
  return Array.isArray(value) ? value.filter(isFromWorker) : [];
}

/** The known messages of a list that came from the host. */
export function parseToWorker(value: unknown): readonly ToWorker[] {
  return Array.isArray(value) ? value.filter(isToWorker) : [];
}

function isFromWorker(value: unknown): value is FromWorker {
  switch (fieldOf(value, 'type')) {
    case 'ended':
      return isEnded(value);
    case 'log':
      return (
        isLevel(fieldOf(value, 'level')) &&
        isCategory(fieldOf(value, 'category')) &&
        typeof fieldOf(value, 'message') === 'string' &&
        isOptional(fieldOf(value, 'id'), 'string') &&
        isOptional(fieldOf(value, 'functionName'), 'string') &&
        isOneOf(fieldOf(value, 'stream'), [undefined, 'stdout', 'stderr'])
      );
    case 'loaded':
      return isLoaded(value);
    default:
      return false;
  }
}

function isEnded(value: unknown): boolean {
  if (!isRecord(value) || typeof value['id'] !== 'string') return false;
  if (value['ok'] === false) {
    return typeof value['message'] === 'string' && typeof value['stack'] === 'string';
  }
  const response = value['response'];
  return (
    value['ok'] === true &&
    typeof value['isEmpty'] === 'boolean' &&
    isStrings(value['outputs']) &&
    (response === undefined || isResponse(response))
  );
}

function isResponse(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['status'] === 'number' &&
    isStrings(value['headers']) &&
    Array.isArray(value['cookies']) &&
    value['cookies'].every(isCookie) &&
    typeof value['negotiates'] === 'boolean' &&
    (value['body'] === undefined || value['body'] instanceof Uint8Array)
  );
}

function isCookie(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['name'] === 'string' &&
    typeof value['value'] === 'string' &&
    isOptional(value['domain'], 'string') &&
    isOptional(value['path'], 'string') &&
    isOptional(value['expiresSeconds'], 'number') &&
    isOptional(value['maxAge'], 'number') &&
    isOptional(value['secure'], 'boolean') &&
    isOptional(value['httpOnly'], 'boolean') &&
    (value['sameSite'] === undefined || isSameSite(value['sameSite']))
  );
}

function isLoaded(value: unknown): boolean {
  const functions = fieldOf(value, 'functions');
  return (
    Array.isArray(functions) &&
    functions.every(isRegisteredFunction) &&
    isOptional(fieldOf(value, 'httpUri'), 'string') &&
    isOptional(fieldOf(value, 'error'), 'string')
  );
}

function isRegisteredFunction(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { bindings, retry } = value;
  return (
    typeof value['id'] === 'string' &&
    typeof value['name'] === 'string' &&
    isRecord(bindings) &&
    Object.values(bindings).every(isRecord) &&
    isOptional(value['scriptFile'], 'string') &&
    (retry === undefined || isRetry(retry))
  );
}

function isRetry(value: unknown): boolean {
  return (
    isRecord(value) &&
    (value['strategy'] === 'fixedDelay' || value['strategy'] === 'exponentialBackoff') &&
    ['maxRetryCount', 'delaySeconds', 'minimumSeconds', 'maximumSeconds'].every(
      (name) => typeof value[name] === 'number',
    )
  );
}

function isToWorker(value: unknown): value is ToWorker {
  if (!isRecord(value)) return false;
  if (value['type'] === 'load' || value['type'] === 'terminate') return true;
  return (
    value['type'] === 'invoke' &&
    typeof value['id'] === 'string' &&
    typeof value['functionId'] === 'string' &&
    isInput(value['input']) &&
    isOptional(value['traceParent'], 'string') &&
    isOptional(value['traceState'], 'string') &&
    (value['retry'] === undefined || isRetryContext(value['retry']))
  );
}

function isInput(value: unknown): boolean {
  if (!isRecord(value)) return false;
  switch (value['kind']) {
    case 'http':
      return isRequest(value['http']);
    case 'stream':
      return typeof value['headers'] === 'string' && isStrings(value['metadata']);
    case 'json':
      return typeof value['json'] === 'string';
    case 'string':
      return typeof value['string'] === 'string';
    default:
      return false;
  }
}

function isRequest(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['method'] === 'string' &&
    typeof value['url'] === 'string' &&
    isStrings(value['headers']) &&
    isStrings(value['query']) &&
    isStrings(value['params']) &&
    (value['body'] === undefined || value['body'] instanceof Uint8Array)
  );
}

function isRetryContext(value: unknown): boolean {
  return (
    typeof fieldOf(value, 'retryCount') === 'number' &&
    typeof fieldOf(value, 'maxRetryCount') === 'number'
  );
}

function isLevel(value: unknown): boolean {
  return isOneOf(value, ['trace', 'debug', 'information', 'warning', 'error', 'critical']);
}

function isCategory(value: unknown): boolean {
  return isOneOf(value, ['user', 'system']);
}

function isSameSite(value: unknown): boolean {
  return isOneOf(value, ['lax', 'strict', 'none']);
}

function isOneOf(value: unknown, known: readonly unknown[]): boolean {
  return known.includes(value);
}

function isOptional(value: unknown, type: 'string' | 'number' | 'boolean'): boolean {
  return value === undefined || typeof value === type;
}
