import pRetry, { type RetryContext } from 'p-retry';
import type { Headers, Response } from 'undici';
import { createFetch, type Fetch } from './proxy.ts';
import { redactJson } from './redact.ts';
import type { Run } from './run.ts';
import { TransportError, transportProblem } from './transport-error.ts';

/** A request of a REST API. */
export interface HttpRequest {
  /** The provider's name of the method, such as `SetIamPolicy`: errors name it. */
  readonly call: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: Uint8Array | string | null;
  /** Milliseconds; the timing's time-out of a request unless given. */
  readonly timeoutMs?: number;
  /** True where sending it twice does no harm; of every method but POST and PATCH unless given. */
  readonly isRepeatable?: boolean;
  /** Statuses of an answer besides 2xx that is no error, such as 404. */
  readonly accept?: readonly number[];
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Parsed JSON; null where the text is none. */
  readonly json: unknown;
}

export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>;

/** A request that was refused, or that has no answer. */
export class HttpError extends Error {
  readonly call: string;
  /** Null where there was no answer: the request may have been executed. */
  readonly answer: HttpAnswer | null;
  /** How long the service asks to wait; null where it does not say. */
  readonly retryAfterMs: number | null;

  constructor(
    call: string,
    message: string,
    {
      answer = null,
      retryAfterMs = null,
      cause,
    }: {
      readonly answer?: HttpAnswer | null;
      readonly retryAfterMs?: number | null;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause });
    this.name = new.target.name;
    this.call = call;
    this.answer = answer;
    this.retryAfterMs = retryAfterMs;
  }

  /** True where it is unknown whether the request was executed. */
  get isAmbiguous(): boolean {
    return this.answer === null || ambiguous.has(this.answer.status);
  }
}

const ambiguous: ReadonlySet<number> = new Set([408, 500, 502, 503, 504]);
const retries = 3;
/** A service that asks for more is reported instead: people prefer to know. */
const longestWaitMs = 60_000;

export interface HttpClientOptions extends Pick<Run, 'env' | 'signal' | 'timing' | 'redact'> {
  /** Headers that prove who sends a request to this URL. */
  readonly authorize?: (url: URL) => Promise<Readonly<Record<string, string>>>;
  readonly fetch?: Fetch;
  /** Wait that an answer itself asks for, where a provider does not say it with `Retry-After`. */
  readonly readRetryAfterMs?: (answer: HttpAnswer) => number | null;
}

/**
 * Sends requests with credentials and a time-out, through the environment's proxy. A request that was throttled is sent
 * again when the service asks for it; one whose answer was lost only where that does no harm. No redirect is followed:
 * credentials go to no host that was not named.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { env, signal, timing } = options;
  const fetch = options.fetch ?? createFetch(env);
  return (request) =>
    pRetry(() => send(request, { ...options, fetch }), {
      retries,
      signal,
      minTimeout: 0,
      shouldRetry: (context) => waitMsBefore(request, context) !== null,
      onFailedAttempt: async (context) => {
        const waitMs = waitMsBefore(request, context);
        if (waitMs !== null && context.retriesLeft > 0) await timing.wait(waitMs, signal);
      },
    });
}

function waitMsBefore(request: HttpRequest, { error, attemptNumber }: RetryContext): number | null {
  if (!(error instanceof HttpError)) return null;
  const isThrottled = error.answer?.status === 429;
  if (!isThrottled && !(error.isAmbiguous && canRepeat(request))) return null;
  const waitMs = error.retryAfterMs ?? 1000 * 2 ** (attemptNumber - 1);
  return waitMs <= longestWaitMs ? waitMs : null;
}

function canRepeat({ method, isRepeatable }: HttpRequest): boolean {
  return isRepeatable ?? !['POST', 'PATCH'].includes(method);
}

async function send(
  request: HttpRequest,
  options: HttpClientOptions & { readonly fetch: Fetch },
): Promise<HttpAnswer> {
  const { authorize, fetch, signal, timing, redact } = options;
  const { call, method, accept = [], timeoutMs = timing.requestMs } = request;
  const url = new URL(request.url);
  const timeout = AbortSignal.timeout(timeoutMs);
  const { body, headers } = bodyOf(request);
  const credentials = await authorize?.(url);
  try {
    const response = await fetch(url, {
      method,
      headers: { ...credentials, ...headers, ...request.headers },
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
      body,
    });
    const answer = await readAnswer(response);
    if (response.ok || accept.includes(answer.status)) return answer;
    throw refusal(call, answer, options);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HttpError) throw error;
    const limit = timeout.aborted ? timeoutMs : null;
    throw new HttpError(call, redact(noAnswer(error, url.host, limit)), { cause: error });
  }
}

/** An answer that is an error. A service may repeat what it was sent, so it is redacted. */
function refusal(
  call: string,
  answer: HttpAnswer,
  { redact, timing, readRetryAfterMs }: HttpClientOptions,
): HttpError {
  const header = answer.headers.get('retry-after');
  return new HttpError(call, summary(answer), {
    answer: { ...answer, text: redact(answer.text), json: redactJson(answer.json, redact) },
    retryAfterMs: readRetryAfterMs?.(answer) ?? readRetryAfter(header, timing.now()),
  });
}

function bodyOf({ json, body = null }: HttpRequest): {
  readonly body: Uint8Array | string | null;
  readonly headers: Readonly<Record<string, string>>;
} {
  return json === undefined
    ? { body, headers: {} }
    : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
}

async function readAnswer(response: Response): Promise<HttpAnswer> {
  const { status, headers } = response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  return { status, headers, bytes, text, json: parseOrNull(text) };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Describes an answer that is not JSON, such as a proxy's page. */
function summary({ status, headers }: HttpAnswer): string {
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  return `answered with status ${status}${type === '' ? '' : ` (${type})`}`;
}

/** Why a request got no answer from a host; `limitMs` is the time-out where that ended it. */
export function noAnswer(error: unknown, host: string, limitMs: number | null): string {
  if (limitMs !== null) return `${host}: no answer within ${limitMs / 1000} s`;
  return error instanceof TransportError ? error.message : `${host}: ${transportProblem(error)}`;
}

/** Milliseconds that a `Retry-After` header asks for, as seconds or as a date (RFC 9110); null without one. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
