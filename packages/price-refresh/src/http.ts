import pRetry from 'p-retry';
import { PriceInterfaceError } from './price-interface-error.ts';

/** How an interface is asked. */
export interface HttpOptions {
  /** After so long without a byte the connection is given up. */
  readonly timeoutMs: number;
  /** How often it is asked at most. */
  readonly attempts: number;
  /** The longest that a `Retry-After` is obeyed. */
  readonly longestWaitMs: number;
  /** No answer is read beyond this. */
  readonly maxBytes: number;
  readonly wait: (ms: number) => Promise<void>;
}

/** One request: where, with which headers, and which content types the answer may have. */
export interface Request {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType: RegExp;
  /** What to look at where the interface refuses who asks. */
  readonly ifRefused?: string;
}

/** Bytes as they arrive. */
type Chunks = AsyncGenerator<Uint8Array, void, undefined>;

/** Asks, and reads the answer with `read`; throttling, server faults and broken connections are tried again, all else is an error. */
export async function ask<T>(
  request: Request,
  options: HttpOptions,
  read: (chunks: Chunks) => Promise<T>,
): Promise<T> {
  let attempts = 0;
  try {
    const once = (attempt: number) => {
      attempts = attempt;
      return askOnce(request, options, read);
    };
    return await pRetry(once, {
      retries: options.attempts - 1,
      minTimeout: 0,
      shouldRetry: ({ error, attemptNumber }) => {
        attempts = attemptNumber;
        return (
          error instanceof PassingError && waitMsAfter(error, attempts) <= options.longestWaitMs
        );
      },
      onFailedAttempt: async ({ error, retriesLeft }) => {
        if (!(error instanceof PassingError) || retriesLeft === 0) return;
        const waitMs = waitMsAfter(error, attempts);
        if (waitMs <= options.longestWaitMs) await options.wait(waitMs);
      },
    });
  } catch (error) {
    if (!(error instanceof PassingError)) throw error;
    const waitMs = waitMsAfter(error, attempts);
    const tried = attempts > 1 ? `, ${attempts} times` : '';
    const later = waitMs > options.longestWaitMs ? `, and asks to wait ${waitMs / 1000} s` : '';
    throw new PriceInterfaceError(`${request.url}: ${error.message}${tried}${later}`, error);
  }
}

function waitMsAfter({ retryAfterMs }: PassingError, attempt: number): number {
  return retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
}

/** Reads a whole answer as JSON. */
export async function askForJson(request: Request, options: HttpOptions): Promise<unknown> {
  const text = await ask(request, options, async (chunks) => {
    const decoder = new TextDecoder();
    let all = '';
    for await (const chunk of chunks) all += decoder.decode(chunk, { stream: true });
    return all + decoder.decode();
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PriceInterfaceError(`${request.url}: the answer is no whole JSON (${why})`, error);
  }
}

const FIRST_WAIT_MS = 500;
const PASSING = new Set([429, 500, 502, 503, 504]);
const REFUSED = new Set([400, 401, 403]);

/** A failure that may be over when it is tried again. */
class PassingError extends Error {
  readonly retryAfterMs: number | null;

  constructor(message: string, options: { retryAfterMs?: number | null; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'PassingError';
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

async function askOnce<T>(
  request: Request,
  { timeoutMs, maxBytes }: HttpOptions,
  read: (chunks: Chunks) => Promise<T>,
): Promise<T> {
  const { url, headers = {} } = request;
  const stop = new AbortController();
  const timer = setTimeout(() => {
    stop.abort(new Error(`no answer for ${timeoutMs / 1000} s`));
  }, timeoutMs);
  try {
    // A redirect would carry the headers, a key among them, to wherever it leads.
    const response = await passing(
      stop,
      fetch(url, { headers, redirect: 'manual', signal: stop.signal }),
    );
    const fault = faultOf(response, request);
    if (fault !== null) {
      await response.body?.cancel().catch(() => null);
      throw fault;
    }
    return await read(bounded(response, stop, () => timer.refresh(), { url, maxBytes }));
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

function faultOf(response: Response, { url, contentType, ifRefused = '' }: Request): Error | null {
  const { status } = response;
  if (PASSING.has(status)) {
    const retryAfterMs = waitOf(response.headers.get('retry-after'));
    return new PassingError(`HTTP ${status}`, { retryAfterMs });
  }
  if (status !== 200) {
    const hint = REFUSED.has(status) && ifRefused !== '' ? `; ${ifRefused}` : '';
    return new PriceInterfaceError(`${url}: HTTP ${status}${hint}`);
  }
  const type = response.headers.get('content-type') ?? 'none';
  if (contentType.test(type)) return null;
  return new PriceInterfaceError(`${url}: the answer's content type is ${type}`);
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). */
function waitOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

async function* bounded(
  response: Response,
  stop: AbortController,
  alive: () => void,
  { url, maxBytes }: { readonly url: string; readonly maxBytes: number },
): Chunks {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  let read = 0;
  try {
    for (;;) {
      const { done, value } = await passing(stop, reader.read());
      if (done) return;
      alive();
      read += value.length;
      if (read > maxBytes) {
        throw new PriceInterfaceError(`${url}: the answer is larger than ${maxBytes} bytes`);
      }
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => null);
  }
}

/** What the connection itself fails with may be over the next time. */
async function passing<T>(stop: AbortController, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (cause) {
    const reason: unknown = stop.signal.aborted ? stop.signal.reason : cause;
    throw new PassingError(messageOf(reason), { cause });
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message;
}
