/** Delay before the next start in milliseconds: none after the first failure, then doubling up to five seconds. */
export function restartDelayMs(failuresInARow: number): number {
  return failuresInARow <= 1 ? 0 : Math.min(5000, 100 * 2 ** (failuresInARow - 2));
}

/** An instance that serves for this long is healthy: its end starts a new count of failures. */
export const healthyMs = 250;
