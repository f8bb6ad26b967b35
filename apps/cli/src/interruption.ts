import { setTimeout as sleep } from 'node:timers/promises';

/** Where signals arrive, such as `process`. */
export interface Signalled {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

// Ctrl-C under npx arrives twice: the terminal sends it to every process in the foreground, and npm
// forwards its own. A person who presses Ctrl-C again is slower than this.
const sameInterruptionMs = 500;

/**
 * Resolves at the first signal to stop; `onRepeat` is called at every later one that is not a duplicate of the same
 * interruption.
 */
export function untilInterrupted(
  source: Signalled,
  onRepeat: () => void,
  now: () => number = () => performance.now(),
): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    for (const signal of signals) {
      source.on(signal, () => {
        if (firstAt === undefined) {
          firstAt = now();
          resolve();
        } else if (now() - firstAt > sameInterruptionMs) onRepeat();
      });
    }
  });
}

/** The parent process of the command. */
export interface Parentage {
  readonly ppid: number;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Resolves when the npm that started this command has exited. npm starts it by `sh -c` and forwards SIGTERM to the shell;
 * a shell that did not exec its last command (dash) exits without forwarding it. Never resolves where npm did not start
 * the command.
 */
export function untilAbandoned(parentage: Parentage): Promise<void> {
  const { ppid, env } = parentage;
  if (!/^['"]?tricloud\b/.test(env['npm_lifecycle_script'] ?? '')) return new Promise(() => {});
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (parentage.ppid === ppid) return;
      clearInterval(timer);
      resolve();
    }, 250);
    timer.unref();
  });
}

/**
 * Starts something; `undefined` where the command is stopped first. The start is then aborted by its signal, and what
 * starts all the same is closed, unless that takes longer than `graceMs`.
 */
export async function startedUnless<T extends { close(): Promise<void> }>(
  stopped: Promise<void>,
  start: (signal: AbortSignal) => Promise<T>,
  graceMs = 2000,
): Promise<T | undefined> {
  const aborted = new AbortController();
  const starting = start(aborted.signal);
  const started = await Promise.race([starting, stopped]);
  if (started !== undefined) return started;
  aborted.abort();
  const closed = starting.then(
    (late) => late.close(),
    () => {},
  );
  await Promise.race([closed, sleep(graceMs, undefined, { ref: false })]);
  return undefined;
}

/** Resolves when this process is to stop; a second signal exits at once. */
export function untilStopped(): Promise<void> {
  return Promise.race([untilInterrupted(process, () => process.exit(1)), untilAbandoned(process)]);
}
