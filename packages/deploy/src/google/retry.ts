import { isApiError } from './api-error.ts';
import type { Pace } from './pace.ts';

/** When a call is sent again. */
export interface RetryOptions {
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** Whether the call may have been carried out and be sent again all the same. */
  readonly isRepeatable: boolean;
}

const attempts = 4;
/** A service that asks for more is not waited for: people would rather know. */
const longestWaitMs = 60_000;

/**
 * Sends a call again that was refused for a while: at most four times, as late as the service asks. A call that was
 * throttled was not carried out; one that was lost may have been, and is sent again only if that does no harm.
 */
export async function withRetries<T>(
  call: () => Promise<T>,
  { pace, signal, isRepeatable }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      const waitMs = waitBefore(error, attempt, isRepeatable);
      if (waitMs === null) throw error;
      await pace.wait(waitMs, signal);
    }
  }
}

function waitBefore(error: unknown, attempt: number, isRepeatable: boolean): number | null {
  if (attempt >= attempts || !isApiError(error)) return null;
  const isThrottled = error.code === 'RESOURCE_EXHAUSTED';
  const isLost = isRepeatable && lost.has(error.code);
  if (!isThrottled && !isLost) return null;
  const waitMs = error.retryAfterMs ?? 1000 * 2 ** (attempt - 1);
  return waitMs <= longestWaitMs ? waitMs : null;
}

/** Codes after which nobody knows whether the call was carried out. */
export const lost: ReadonlySet<string> = new Set([
  'UNAVAILABLE',
  'DEADLINE_EXCEEDED',
  'INTERNAL',
  'UNKNOWN',
]);
