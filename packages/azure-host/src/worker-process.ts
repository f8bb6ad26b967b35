import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { deferred } from './deferred.ts';
import type { HostLogLine } from './host-types.ts';
import {
  type Ended,
  type Invoke,
  type Loaded,
  parseFromWorker,
  type ToWorker,
} from './messages.ts';

/** How a worker is started. */
export interface WorkerOptions {
  readonly appDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly nodePath: string | undefined;
  readonly execArgv: readonly string[];
  /** Waits for `begin` before it loads the app. */
  readonly isStandby: boolean;
  /** Milliseconds that an invocation may take; `undefined` is unbounded. */
  readonly functionTimeoutMs: number | undefined;
  readonly guard: (pid: number) => () => void;
  readonly onLog: (line: HostLogLine) => void;
  /** An invocation took too long; the worker is ended right after. */
  readonly onTimeout: (id: string) => void;
  readonly onExit: (code: number | null, signal: NodeJS.Signals | null) => void;
}

/** The process in which the functions run. */
export interface Worker {
  readonly pid: number | undefined;
  /** Whether the process has ended, or is about to. */
  readonly isGone: boolean;
  /** Lets a worker that stands by load the app. */
  begin(): void;
  /** What the app registered; resolves with an `error` if it could not be loaded or the worker died. */
  readonly loaded: Promise<Loaded>;
  readonly inFlight: number;
  /** Whether nothing has been invoked in this process yet. */
  readonly isCold: boolean;
  invoke(message: Invoke): Promise<Ended>;
  /** Gives an invocation up: it ends as failed with this message. */
  abandon(id: string, message: string): void;
  /** Resolves when nothing is in flight any more, or after the time. */
  drain(longestMs: number): Promise<void>;
  /** Asks the app to end (`appTerminate`), and ends it after the grace. Resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

interface Pending {
  readonly settle: (ended: Ended) => void;
  readonly startedAt: number;
}

const entry = new URL(
  import.meta.url.endsWith('.ts') ? './worker.ts' : './azure-worker.mjs',
  import.meta.url,
);

const workerFlags = [
  // The library's own server must take the headers that the front takes.
  '--max-http-header-size=40960',
  // A request makes much garbage that dies young; with V8's first 1 MB for it, a sixth of the time goes
  // into collecting it (measured with bench/azure-host.ts on Node 20).
  '--min-semi-space-size=16',
];

/** Starts a worker, which begins to load the app at once. */
export function startWorker(options: WorkerOptions): Worker {
  const child = fork(entry, [options.appDir, options.isStandby ? 'standby' : 'begin'], {
    cwd: options.appDir,
    env: { ...options.env },
    execArgv: [...sourceFlags(), ...workerFlags, ...options.execArgv],
    ...(options.nodePath !== undefined && { execPath: options.nodePath }),
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C reaches the host alone, and what a function started can be ended with its worker.
    detached: true,
  });
  const release = child.pid === undefined ? (): void => {} : options.guard(child.pid);
  const pending = new Map<string, Pending>();
  const loaded = deferred<Loaded>();
  const gone = deferred<void>();
  let isGone = false;
  let isCold = true;
  let onDrained: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;

  const settle = (ended: Ended): void => {
    const invocation = pending.get(ended.id);
    if (invocation === undefined) return;
    pending.delete(ended.id);
    invocation.settle(ended);
    if (pending.size === 0) onDrained?.();
  };
  const post = createPost(child);
  child.on('message', (batch: unknown) => {
    for (const message of parseFromWorker(batch)) {
      if (message.type === 'ended') settle(message);
      else if (message.type === 'loaded') loaded.resolve(message);
      else {
        const { level, category, message: text, id, functionName, stream } = message;
        options.onLog({
          level,
          category,
          message: text,
          ...(stream !== undefined && { stream }),
          ...(id !== undefined && { invocationId: id }),
          ...(functionName !== undefined && { functionName }),
        });
      }
    }
  });
  forwardLines(child.stdout, (message) =>
    options.onLog({ level: 'information', category: 'user', stream: 'stdout', message }),
  );
  forwardLines(child.stderr, (message) =>
    options.onLog({ level: 'error', category: 'user', stream: 'stderr', message }),
  );

  const end = (code: number | null, signal: NodeJS.Signals | null, problem: string): void => {
    if (isGone) return;
    isGone = true;
    clearTimeout(timer);
    for (const id of Array.from(pending.keys())) {
      settle({ type: 'ended', id, ok: false, message: problem, stack: '' });
    }
    loaded.resolve({ type: 'loaded', functions: [], error: problem });
    options.onExit(code, signal);
    gone.resolve();
  };
  child.on('error', (error) => {
    if (child.pid === undefined) end(null, null, `The worker cannot be started: ${error.message}`);
  });
  child.on('exit', (code, signal) => {
    killSession(child);
    release();
    const how = signal === null ? `with code ${code}` : `by signal ${signal}`;
    end(code, signal, `The worker process ended ${how}.`);
  });

  /** One timer for all: the oldest invocation is the first in the map, and all have the same time. */
  const watch = (): void => {
    const { functionTimeoutMs } = options;
    if (functionTimeoutMs === undefined || timer !== undefined || isGone) return;
    const [oldest] = pending;
    if (oldest === undefined) return;
    const [id, { startedAt }] = oldest;
    const left = startedAt + functionTimeoutMs - performance.now();
    if (left <= 0) {
      options.onTimeout(id);
      settle({
        type: 'ended',
        id,
        ok: false,
        message: `Timeout value of ${functionTimeoutMs / 1000} s was exceeded.`,
        stack: '',
      });
      killSession(child);
      // Nothing may be sent to it any more, though it takes a moment to be gone.
      end(null, 'SIGKILL', 'The worker process was ended, because another function took too long.');
      return;
    }
    timer = setTimeout(
      () => {
        timer = undefined;
        watch();
      },
      Math.min(left, 2 ** 31 - 1),
    );
    timer.unref();
  };

  return {
    pid: child.pid,
    get isGone() {
      return isGone;
    },
    begin() {
      post({ type: 'load' });
    },
    loaded: loaded.promise,
    get inFlight() {
      return pending.size;
    },
    get isCold() {
      return isCold;
    },
    invoke(message) {
      isCold = false;
      return new Promise((resolve) => {
        if (isGone) {
          const { id } = message;
          resolve({ type: 'ended', id, ok: false, message: 'The worker is gone.', stack: '' });
          return;
        }
        pending.set(message.id, { settle: resolve, startedAt: performance.now() });
        post(message);
        watch();
      });
    },
    abandon(id, message) {
      settle({ type: 'ended', id, ok: false, message, stack: '' });
    },
    drain(longestMs) {
      if (pending.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const limit = setTimeout(resolve, longestMs);
        onDrained = () => {
          clearTimeout(limit);
          resolve();
        };
      });
    },
    async stop(graceMs) {
      if (isGone) return;
      post({ type: 'terminate' });
      const limit = setTimeout(() => killSession(child), graceMs);
      await gone.promise;
      clearTimeout(limit);
    },
  };
}

/** Ends a worker with all that its functions have started: in Azure they go with the instance, too. */
function killSession(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

/** What is sent in one turn of the event loop goes as one message. */
function createPost(child: ChildProcess): (message: ToWorker) => void {
  let queue: ToWorker[] = [];
  const flush = (): void => {
    const batch = queue;
    queue = [];
    // A worker that is just ending fails its invocations by its exit, so a failed write is no news.
    if (child.connected) child.send(batch, () => {});
  };
  return (message) => {
    queue.push(message);
    if (queue.length === 1) setImmediate(flush);
  };
}

/** What native code and a dying Node print past the worker's own console. */
function forwardLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream === null) return;
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', onLine);
}

function sourceFlags(): readonly string[] {
  if (!entry.pathname.endsWith('.ts')) return [];
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];
}
