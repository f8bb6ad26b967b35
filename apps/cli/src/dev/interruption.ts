/** Where signals arrive, such as `process`. */
export interface Signalled {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

// Ctrl-C under npx arrives twice: the terminal sends it to everybody in the foreground, and npm
// passes on what it got. A person who presses again because it takes long is slower than this.
const sameInterruptionMs = 500;

/**
 * Resolves at the first signal to stop; `onImpatience` is called at every later one that is not
 * the same interruption told twice.
 */
export function untilInterrupted(
  source: Signalled,
  onImpatience: () => void,
  now: () => number = () => performance.now(),
): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    for (const signal of signals) {
      source.on(signal, () => {
        if (firstAt === undefined) {
          firstAt = now();
          resolve();
        } else if (now() - firstAt > sameInterruptionMs) onImpatience();
      });
    }
  });
}
