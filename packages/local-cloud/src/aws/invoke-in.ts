import { type Pool, sleep } from '@tricloud/supervisor';
import type { ExecutionEnvironment, Outcome } from './instance.ts';
import type { Invocation } from './runtime-api.ts';

/** The outcome of an invocation, with its times. */
export interface Invoked {
  readonly outcome: Outcome | { readonly kind: 'refused'; readonly reason: string };
  /** True for the first invocation of an instance, whose initialisation took `initMs`. */
  readonly coldStart: boolean;
  readonly initMs: number;
  readonly startedAt: number;
}

/** Longest time that an answer waits for its instance to be idle. */
const graceMs = 10;

/**
 * Invokes the function in an instance of the pool. An answer goes out when its instance has asked for more work,
 * which it does at once: requests that follow each other then meet the same warm instance.
 */
export async function invokeIn(
  pool: Pool<ExecutionEnvironment>,
  toInvocation: () => Invocation,
  isWanted: () => boolean,
): Promise<Invoked> {
  const place = await pool.acquire(isWanted);
  const startedAt = performance.now();
  if (!place.isGranted) {
    const outcome = { kind: 'refused', reason: place.reason } as const;
    return { outcome, coldStart: false, initMs: 0, startedAt };
  }
  const running = place.service.invoke(toInvocation());
  const outcome = await running.outcome;
  const idle = running.idle.then(() => place.release(outcome.kind !== 'exited'));
  if (outcome.kind === 'response' || outcome.kind === 'error') {
    await Promise.race([idle, sleep(graceMs)]);
  }
  return { outcome, coldStart: place.isCold, initMs: place.initMs, startedAt };
}
