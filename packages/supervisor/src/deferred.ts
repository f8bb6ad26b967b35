/** A promise with the function that resolves it (`Promise.withResolvers` needs Node 22). */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

/** A promise that is resolved from outside; only the first value counts. */
export function deferred<T = void>(): Deferred<T> {
  const settle: { resolve?: (value: T) => void } = {};
  const promise = new Promise<T>((resolve) => {
    settle.resolve = resolve;
  });
  return { promise, resolve: (value) => settle.resolve?.(value) };
}

/** Longest delay that `setTimeout` takes; a longer one fires at once. */
export const longestTimerMs = 2 ** 31 - 1;

/** Waits this many milliseconds, without keeping the process alive. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.min(ms, longestTimerMs)).unref();
  });
}
