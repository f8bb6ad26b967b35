import type { Timing } from './timing.ts';

/** An operation of the provider that did not end within its limit; it may still end. */
export class OperationTimeoutError extends Error {
  constructor(limitMs: number) {
    super(`not done after ${Math.round(limitMs / 60_000)} minutes`);
    this.name = new.target.name;
  }
}

export interface PollingOptions {
  readonly timing: Timing;
  readonly signal: AbortSignal;
  /** First interval in milliseconds; each one is half as long again as the last, up to ten seconds. */
  readonly intervalMs?: number;
  /** Milliseconds; the timing's limit of an operation unless given. */
  readonly limitMs?: number;
}

const longestIntervalMs = 10_000;

/**
 * Reads until a value is the last one, which is returned. The provider may ask for an interval with each value.
 *
 * @throws {OperationTimeoutError} after the limit.
 */
export async function poll<T>(
  read: () => Promise<T>,
  isLast: (value: T) => boolean,
  options: PollingOptions,
  askedMs: (value: T) => number | null = () => null,
): Promise<T> {
  const { limitMs, pause } = pacing(options);
  for (;;) {
    const value = await read();
    if (isLast(value)) return value;
    if (!(await pause(askedMs(value)))) throw new OperationTimeoutError(limitMs);
  }
}

/**
 * Repeats an action while it fails for a reason that passes, such as a role that has not taken effect yet.
 *
 * @throws what the action threw last, after the limit.
 */
export async function retryWhile<T>(
  action: () => Promise<T>,
  isPassing: (error: unknown) => boolean,
  options: PollingOptions,
): Promise<T> {
  const { pause } = pacing(options);
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!isPassing(error) || !(await pause())) throw error;
    }
  }
}

/** Pauses between attempts; `pause` waits, or returns false when the limit is reached. */
function pacing({
  timing,
  signal,
  intervalMs = 1000,
  limitMs = timing.operationMs,
}: PollingOptions) {
  const startedAt = timing.now();
  let nextMs = intervalMs;
  const pause = async (askedMs: number | null = null): Promise<boolean> => {
    if (timing.now() - startedAt >= limitMs) return false;
    await timing.wait(askedMs ?? nextMs, signal);
    nextMs = Math.min(nextMs * 1.5, longestIntervalMs);
    return true;
  };
  return { limitMs, pause };
}
