import { type ChildProcess, type Serializable, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deferred, sleep } from './deferred.ts';
import { onLines } from './lines.ts';
import type { Watchdog } from './watchdog.ts';

/** The end of a process; both are null where it could not be started. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A child process that leads a session of its own. */
export interface Child {
  readonly pid: number | undefined;
  readonly exited: Promise<Exit>;
  send(message: Serializable): void;
  /** True if its event loop turns: it answers a ping within this many milliseconds. */
  isResponsive(withinMs: number): Promise<boolean>;
  /** Asks it to end, by SIGTERM unless given otherwise, and kills it after the grace in milliseconds. */
  end(graceMs: number, ask?: () => void): Promise<Exit>;
  /** Kills it with all its descendants. */
  kill(): void;
}

/** Options of a child process. */
export interface ChildOptions {
  /** The program: JavaScript, or TypeScript where this package runs from source. */
  readonly entry: URL | string;
  /** The Node that runs it; the one of this process unless given. */
  readonly nodePath?: string | undefined;
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly watchdog: Watchdog;
  readonly onLine: (stream: 'stdout' | 'stderr', line: string) => void;
  readonly onMessage?: ((message: unknown) => void) | undefined;
  readonly args?: readonly string[] | undefined;
  /** `advanced` sends bytes and dates as they are; JSON unless given. */
  readonly serialization?: 'json' | 'advanced' | undefined;
}

/**
 * Starts a process in a session of its own, so that Ctrl-C reaches the supervisor alone, which ends its children in
 * order. The IPC channel closes when the supervisor exits.
 */
export function startChild(options: ChildOptions): Child {
  const { nodePath = process.execPath, serialization = 'json' } = options;
  const entry = options.entry instanceof URL ? fileURLToPath(options.entry) : options.entry;
  const loader = entry.endsWith('.ts') ? ['--import', tsx()] : [];
  const child = spawn(nodePath, [...loader, ...options.execArgv, entry, ...(options.args ?? [])], {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization,
    detached: true,
  });
  const release = child.pid === undefined ? undefined : options.watchdog.guard(child.pid);
  onLines(child.stdout, (line) => options.onLine('stdout', line));
  onLines(child.stderr, (line) => options.onLine('stderr', line));
  child.on('message', (message) => options.onMessage?.(message));
  const exit = deferred<Exit>();
  child.once('error', (error) => {
    if (child.pid !== undefined) return;
    options.onLine('stderr', `${nodePath} cannot be started: ${error.message}`);
    exit.resolve({ code: null, signal: null });
  });
  child.once('exit', (code, signal) => {
    killSession(child);
    release?.();
    exit.resolve({ code, signal });
  });
  return toChild(child, exit.promise);
}

function toChild(child: ChildProcess, exited: Promise<Exit>): Child {
  const kill = () => {
    if (child.exitCode === null && child.signalCode === null) killSession(child);
  };
  // A write to a child that is ending fails; its exit is reported in any case.
  const send = (message: Serializable) => {
    if (child.connected) child.send(message, () => undefined);
  };
  return {
    pid: child.pid,
    exited,
    send,
    async isResponsive(withinMs) {
      const pong = deferred<boolean>();
      child.once('message', () => pong.resolve(true));
      send({ ping: true });
      return Promise.race([pong.promise, sleep(withinMs).then(() => false)]);
    },
    async end(graceMs, ask = () => child.kill('SIGTERM')) {
      ask();
      const timer = setTimeout(kill, graceMs);
      const exit = await exited;
      clearTimeout(timer);
      return exit;
    },
    kill,
  };
}

/** A function may have started processes of its own: they end with the instance, as in the cloud. */
function killSession(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The session is empty.
  }
}

function tsx(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
