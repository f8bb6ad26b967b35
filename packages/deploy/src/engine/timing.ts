import { setTimeout as delay } from 'node:timers/promises';

/** Time as a run sees it. A test passes its own, in which every wait ends at once. */
export interface Timing {
  /** Unix time in milliseconds. */
  now(): number;
  /** Rejects as soon as the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Time-out of one request, in milliseconds. */
  readonly requestMs: number;
  /** Time-out of the upload of a deployment package, in milliseconds. */
  readonly uploadMs: number;
  /** Limit of one operation of the provider, such as a stack update, in milliseconds. */
  readonly operationMs: number;
}

/** The machine's own clock. */
export const realTiming: Timing = {
  now: () => Date.now(),
  wait: (ms, signal) => delay(ms, undefined, { signal }),
  requestMs: 60_000,
  uploadMs: 300_000,
  operationMs: 45 * 60_000,
};
