import type { Writable } from 'node:stream';

/** Waits until a stream that is full takes more, or has nobody left to take it. */
export function drained(out: Writable, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const proceed = (): void => {
      out.off('drain', proceed);
      gone.removeEventListener('abort', proceed);
      resolve();
    };
    out.once('drain', proceed);
    gone.addEventListener('abort', proceed, { once: true });
    if (gone.aborted) proceed();
  });
}
