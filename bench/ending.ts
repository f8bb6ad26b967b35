import type { ChildProcess } from 'node:child_process';

/** Ends this process with its children when it is asked to end, as npm and a terminal ask it. */
export function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(1));
  }
}

/** The child, which does not outlive this process. */
export function endingWithThis<T extends ChildProcess>(child: T): T {
  const end = () => {
    child.kill('SIGTERM');
  };
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return child;
}
