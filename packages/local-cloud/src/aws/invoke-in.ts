import { type Pool, sleep } from '@tricloud/supervisor';
import type { ExecutionEnvironment, Outcome } from './instance.ts';
import type { Invocation } from './runtime-api.ts';

/** What became of an invocation, and what it cost in time. */
export interface Invoked {
  readonly outcome: Outcome | { readonly kind: 'refused'; readonly reason: string };
  /** Whether this was the first invocation of its instance, whose initialisation took `initMs`. */
  readonly coldStart: boolean;
  readonly initMs: number;
  readonly startedAt: number;
}

/** How long an answer waits for its instance to be idle. */
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
