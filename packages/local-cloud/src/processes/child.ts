import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sleep } from './deferred.ts';
import { onLines } from './lines.ts';
import type { Watchdog } from '@tricloud/azure-host';

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A process that runs a function. */
export interface Child {
  readonly pid: number | undefined;
  readonly exited: Promise<Exit>;
  send(message: Readonly<Record<string, unknown>>): void;
  /** Whether its event loop turns: it answers a ping within the time, in milliseconds. */
  isResponsive(withinMs: number): Promise<boolean>;
  /** Asks with SIGTERM and insists with SIGKILL after the grace, in milliseconds. */
  end(graceMs: number): Promise<Exit>;
  kill(): void;
}

/** How a process that runs a function is started. */
export interface ChildOptions {
  readonly entry: URL | string;
  readonly nodePath: string;
  readonly execArgv: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly watchdog: Watchdog;
  readonly onLine: (stream: 'stdout' | 'stderr', line: string) => void;
}

/**
 * Starts a process in its own session, so that Ctrl-C reaches the supervisor alone and it ends its children in
 * order. The IPC channel tells the child when the supervisor is gone.
 */
export function startChild(options: ChildOptions): Child {
  const entry = options.entry instanceof URL ? fileURLToPath(options.entry) : options.entry;
  const fromSource = entry.endsWith('.ts') ? ['--import', tsx()] : [];
  const child = spawn(
    options.nodePath,
    [...fromSource, ...options.execArgv, entry, ...options.args],
    {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    },
  );
  const release = child.pid === undefined ? () => undefined : options.watchdog.guard(child.pid);
  onLines(child.stdout, (line) => options.onLine('stdout', line));
  onLines(child.stderr, (line) => options.onLine('stderr', line));
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      options.onLine('stderr', `${options.nodePath} cannot be started: ${error.message}`);
      resolve({ code: null, signal: null });
    });
    child.once('exit', (code, signal) => {
      killSession(child);
      release();
      resolve({ code, signal });
    });
  });
  return {
    pid: child.pid,
    exited,
    send: (message) => child.connected && child.send(message, () => undefined),
    async isResponsive(withinMs) {
      const pong = new Promise<boolean>((resolve) => {
        child.once('message', () => resolve(true));
      });
      child.send({ ping: true }, () => undefined);
      return Promise.race([pong, sleep(withinMs).then(() => false)]);
    },
    async end(graceMs) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => kill(child), graceMs);
      const exit = await exited;
      clearTimeout(timer);
      return exit;
    },
    kill: () => kill(child),
  };
}

function kill(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) killSession(child);
}

/** A function may have started processes of its own: they go with the instance, as in the cloud. */
function killSession(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

function tsx(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
