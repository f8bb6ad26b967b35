import { setTimeout as delay } from 'node:timers/promises';

/** Time as a run sees it: a test has its own, in which minutes pass at once. */
export interface Pace {
  /** Unix time in milliseconds. */
  now(): number;
  /** Rejects as soon as the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** How long an answer may take. */
  readonly longestCallMs: number;
}

/** The machine's own time. */
export const realPace: Pace = {
  longestCallMs: 60_000,
  now: () => Date.now(),
  wait: (ms, signal) => delay(ms, undefined, { signal }),
};

/** The promise's end, or a rejection as soon as the signal is aborted, whatever the promise goes on to do. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error('interrupted', { cause: signal.reason }));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
