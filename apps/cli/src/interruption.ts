import { setTimeout as sleep } from 'node:timers/promises';

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

/** Whoever started the command, as far as its environment tells. */
export interface Parentage {
  readonly ppid: number;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Resolves when npm, which started this very command, is gone. npm starts it by way of `sh -c`, and
 * passes SIGTERM on to the shell; a shell that did not make way for its last command (dash) ends
 * without a word to it. Never resolves where somebody else started the command.
 */
export function untilAbandoned(parentage: Parentage, everyMs = 250): Promise<void> {
  const { ppid, env } = parentage;
  if (!/^['"]?tricloud\b/.test(env['npm_lifecycle_script'] ?? '')) return new Promise(() => {});
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (parentage.ppid === ppid) return;
      clearInterval(timer);
      resolve();
    }, everyMs);
    timer.unref();
  });
}

/**
 * What is starting, when it has started; `undefined` when it is to stop before. The signal tells it to give
 * up then; what starts all the same is closed, unless it takes long.
 */
export async function startedUnless<T extends { close(): Promise<void> }>(
  stopped: Promise<void>,
  start: (signal: AbortSignal) => Promise<T>,
  graceMs = 2000,
): Promise<T | undefined> {
  const givenUp = new AbortController();
  const starting = start(givenUp.signal);
  const started = await Promise.race([starting, stopped]);
  if (started !== undefined) return started;
  givenUp.abort();
  const closed = starting.then(
    (late) => late.close(),
    () => {},
  );
  await Promise.race([closed, sleep(graceMs, undefined, { ref: false })]);
  return undefined;
}

/** Resolves when somebody wants this process to end; one who is impatient ends it at once. */
export function untilStopped(): Promise<void> {
  return Promise.race([untilInterrupted(process, () => process.exit(1)), untilAbandoned(process)]);
}
