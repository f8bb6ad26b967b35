/** How long to wait before a process that does not stay is started again: at once the first time, five seconds at most. */
export function restartDelayMs(failuresInARow: number): number {
  return failuresInARow <= 1 ? 0 : Math.min(5000, 100 * 2 ** (failuresInARow - 2));
}

/** A process that lived so long after it came up, or did its work, is no part of a loop of failures. */
export const healthyMs = 250;
