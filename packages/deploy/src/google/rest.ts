import * as v from 'valibot';
import { redactor } from '../engine/redact.ts';
import { ApiError } from './api-error.ts';
import type { Authorize } from './credentials.ts';
import type { Api, Endpoints } from './endpoints.ts';
import { codeName } from './grpc-error.ts';
import type { Pace } from './pace.ts';
import { withRetries } from './retry.ts';

/** A call of an API that has no client here. */
export interface RestCall {
  readonly api: Api;
  /** The method's name, such as `SetIamPolicy`. */
  readonly call: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With the version, without a leading slash. */
  readonly path: string;
  readonly body?: unknown;
  /** Whether it does no harm twice; of a GET always. */
  readonly isRepeatable?: boolean;
}

/** The answer: JSON, and the clock of the server. */
export interface RestAnswer {
  readonly body: unknown;
  /** The `Date` header in Unix time; null where there is none. */
  readonly serverTimeMs: number | null;
}

export type Rest = (call: RestCall) => Promise<RestAnswer>;

/** What ends a call. */
interface Bounds {
  readonly pace: Pace;
  readonly signal: AbortSignal;
}

/** Sends calls with the credentials, and again where the service says later. */
export function createRest(
  endpoints: Endpoints,
  authorize: Authorize,
  { pace, signal }: Bounds,
): Rest {
  return (call) =>
    withRetries(() => send(call, endpoints, authorize, { pace, signal }), {
      pace,
      signal,
      isRepeatable: call.isRepeatable ?? call.method === 'GET',
    });
}

async function send(
  { api, call, method, path, body }: RestCall,
  endpoints: Endpoints,
  authorize: Authorize,
  bounds: Bounds,
): Promise<RestAnswer> {
  const headers = { ...(await authorize()), 'content-type': 'application/json' };
  const response = await fetchWithin(call, new URL(path, endpoints[api].url), bounds, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: 'error',
  });
  const text = await response.text().catch(() => '');
  const parsed = parseOrNull(text);
  if (!response.ok) throw fromRest(call, response, parsed);
  if (parsed === null) {
    const problem = `answered with ${response.status} and no JSON`;
    throw new ApiError(call, 'INTERNAL', problem);
  }
  const date = Date.parse(response.headers.get('date') ?? '');
  return { body: parsed, serverTimeMs: Number.isNaN(date) ? null : date };
}

/** A request that ends in time; a connection that broke is `UNAVAILABLE`, as gRPC has it. */
export async function fetchWithin(
  call: string,
  url: URL,
  { pace, signal }: Bounds,
  init: RequestInit,
): Promise<Response> {
  const timeout = AbortSignal.timeout(pace.longestCallMs);
  try {
    return await fetch(url, { ...init, signal: AbortSignal.any([signal, timeout]) });
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) {
      throw new ApiError(
        call,
        'DEADLINE_EXCEEDED',
        `${url.host} did not answer within ${pace.longestCallMs / 1000} s`,
      );
    }
    throw new ApiError(call, 'UNAVAILABLE', `${url.host}: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const message = cause instanceof Error ? cause.message : String(cause);
  return redactor()([code, message].filter((part) => part !== '').join(' '));
}

function parseOrNull(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return null;
  }
}

/** How Google's REST APIs refuse: https://google.aip.dev/193 (2026-11-22). */
const Refusal = v.object({
  error: v.object({
    message: v.optional(v.string(), ''),
    status: v.optional(v.string()),
    details: v.optional(
      v.array(
        v.object({
          reason: v.optional(v.string()),
          metadata: v.optional(v.record(v.string(), v.string())),
          retryDelay: v.optional(v.string()),
        }),
      ),
      [],
    ),
  }),
});

function fromRest(call: string, response: Response, body: unknown): ApiError {
  const parsed = v.safeParse(Refusal, body);
  const after = secondsOf(response.headers.get('retry-after'));
  if (!parsed.success) {
    const message = `answered with ${response.status} ${response.statusText}`.trim();
    return new ApiError(call, codeOfStatus(response.status), message, { retryAfterMs: after });
  }
  const { message, status, details } = parsed.output.error;
  const info = details.find(({ reason }) => reason !== undefined);
  const delay = details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay;
  const said = message === '' ? `answered with ${response.status}` : redactor()(message);
  return new ApiError(call, status ?? codeOfStatus(response.status), said, {
    reason: info?.reason ?? null,
    facts: info?.metadata ?? {},
    retryAfterMs: secondsOf(delay?.replace(/s$/, '') ?? null) ?? after,
  });
}

/** A number of seconds in milliseconds; a date, which `Retry-After` may be as well, is not one that Google sends. */
export function secondsOf(text: string | null): number | null {
  const seconds = text === null || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

/** The code that stands for a status of HTTP, where the answer does not name one. */
export function codeOfStatus(status: number): string {
  const numbers: Readonly<Record<number, number>> = {
    400: 3,
    401: 16,
    403: 7,
    404: 5,
    409: 10,
    412: 9,
    429: 8,
    499: 1,
    500: 13,
    501: 12,
    502: 14,
    503: 14,
    504: 4,
  };
  return codeName(numbers[status] ?? 2);
}
