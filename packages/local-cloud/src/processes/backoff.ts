/** How long to wait before a process that never came up is started again: at once the first time, five seconds at most. */
export function restartDelayMs(failuresInARow: number): number {
  return failuresInARow <= 1 ? 0 : Math.min(5000, 100 * 2 ** (failuresInARow - 2));
}
