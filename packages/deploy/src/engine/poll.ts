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
  { timing, signal, intervalMs = 1000, limitMs = timing.operationMs }: PollingOptions,
  askedMs: (value: T) => number | null = () => null,
): Promise<T> {
  const startedAt = timing.now();
  for (let pauseMs = intervalMs; ; pauseMs = Math.min(pauseMs * 1.5, longestIntervalMs)) {
    const value = await read();
    if (isLast(value)) return value;
    if (timing.now() - startedAt >= limitMs) throw new OperationTimeoutError(limitMs);
    await timing.wait(askedMs(value) ?? pauseMs, signal);
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
  { timing, signal, intervalMs = 1000, limitMs = timing.operationMs }: PollingOptions,
): Promise<T> {
  const startedAt = timing.now();
  for (let pauseMs = intervalMs; ; pauseMs = Math.min(pauseMs * 1.5, longestIntervalMs)) {
    try {
      return await action();
    } catch (error) {
      if (!isPassing(error) || timing.now() - startedAt >= limitMs) throw error;
    }
    await timing.wait(pauseMs, signal);
  }
}
