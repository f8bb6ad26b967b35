import {
  type Child,
  deferred,
  type Exit,
  type Launcher,
  longestTimerMs,
  watchMemory,
} from '@tricloud/supervisor';
import type { HostLogLine } from './host-types.ts';
import {
  type Ended,
  type FromWorker,
  type Invoke,
  type Loaded,
  type Logged,
  parseFromWorker,
  type ToWorker,
} from './messages.ts';

/** Options of a worker. */
export interface WorkerOptions {
  readonly launcher: Launcher;
  readonly appDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly execArgv: readonly string[];
  /** Milliseconds that an invocation may take; `undefined` is unbounded. */
  readonly functionTimeoutMs: number | undefined;
  /** Resident memory above which the worker is killed; `undefined` is unbounded. */
  readonly memoryMiB: number | undefined;
  readonly onLog: (line: HostLogLine) => void;
}

/** The process in which the functions run. */
export interface Worker {
  readonly pid: number | undefined;
  readonly exited: Promise<Exit>;
  /** The functions of the app; has an `error` if it could not be loaded or the worker exited. */
  readonly loaded: Promise<Loaded>;
  /** True if the process has exited or is about to. */
  readonly isGone: boolean;
  invoke(message: Invoke): Promise<Ended>;
  /** Gives up an invocation, which fails with this message. */
  abandon(id: string, message: string): void;
  /** Lets the app end in good order (`appTerminate`), and kills it after the grace. */
  stop(graceMs: number): Promise<Exit>;
  kill(): void;
}

const workerFlags = [
  // The library's own server must take the headers that the front takes.
  '--max-http-header-size=40960',
  // A request makes much garbage that dies young; with V8's first 1 MB for it, a sixth of the time goes
  // into collecting it (measured with bench/azure-host.ts on Node 20).
  '--min-semi-space-size=16',
];

/** Starts a worker, which loads the app at once. */
export function startWorker(options: WorkerOptions): Worker {
  const { functionTimeoutMs, onLog } = options;
  const loaded = deferred<Loaded>();
  const exited = deferred<Exit>();
  let isGone = false;

  const end = (exit: Exit, problem: string): void => {
    if (isGone) return;
    isGone = true;
    invocations.failAll(problem);
    loaded.resolve({ type: 'loaded', functions: [], error: problem });
    exited.resolve(exit);
  };
  const invocations = new Invocations(functionTimeoutMs, (id) => {
    const limit = `Timeout value of ${(functionTimeoutMs ?? 0) / 1000} s`;
    const message = `${limit} exceeded by invocation ${id}. The worker process is restarted.`;
    onLog({ level: 'error', category: 'system', message });
    invocations.settle(toFailed(id, `${limit} was exceeded.`));
    child.kill();
    // Nothing may be sent to it any more, though it takes a moment to exit.
    const exit = { code: null, signal: 'SIGKILL' };
    end(exit, 'The worker process was ended, because another function took too long.');
  });
  const child = startProcess(options, (message) => {
    if (message.type === 'ended') invocations.settle(message);
    else if (message.type === 'loaded') loaded.resolve(message);
    else onLog(toLogLine(message));
  });
  const post = createPost(child);
  void child.exited.then((exit) => {
    const how = exit.signal === null ? `with code ${exit.code}` : `by signal ${exit.signal}`;
    return end(exit, `The worker process ended ${how}.`);
  });

  return {
    pid: child.pid,
    exited: exited.promise,
    loaded: loaded.promise,
    get isGone() {
      return isGone;
    },
    invoke(message) {
      if (isGone) return Promise.resolve(toFailed(message.id, 'The worker has exited.'));
      post(message);
      return invocations.add(message.id);
    },
    abandon: (id, message) => invocations.settle(toFailed(id, message)),
    stop: (graceMs) => child.end(graceMs, () => post({ type: 'terminate' })),
    kill: () => child.kill(),
  };
}

function startProcess(options: WorkerOptions, onMessage: (message: FromWorker) => void): Child {
  const { memoryMiB, onLog } = options;
  const child = options.launcher.start({
    cwd: options.appDir,
    env: options.env,
    execArgv: [...workerFlags, ...options.execArgv],
    onMessage(batch) {
      for (const message of parseFromWorker(batch)) onMessage(message);
    },
    // What native code and an exiting Node print past the worker's own console.
    onLine(stream, message) {
      const level = stream === 'stdout' ? 'information' : 'error';
      onLog({ level, category: 'user', stream, message });
    },
  });
  if (memoryMiB !== undefined) {
    watchMemory(child, memoryMiB, (residentMiB) => {
      const message = `The worker is ended: its ${residentMiB} MiB are over the instance's ${memoryMiB} MiB.`;
      onLog({ level: 'error', category: 'system', message });
    });
  }
  return child;
}

interface Pending {
  readonly settle: (ended: Ended) => void;
  readonly startedAt: number;
}

/** The invocations that a worker is working on, each held to the same time. */
class Invocations {
  readonly #pending = new Map<string, Pending>();
  readonly #timeoutMs: number | undefined;
  readonly #onTimeout: (id: string) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number | undefined, onTimeout: (id: string) => void) {
    this.#timeoutMs = timeoutMs;
    this.#onTimeout = onTimeout;
  }

  add(id: string): Promise<Ended> {
    return new Promise((settle) => {
      this.#pending.set(id, { settle, startedAt: performance.now() });
      this.#watch();
    });
  }

  settle(ended: Ended): void {
    const invocation = this.#pending.get(ended.id);
    this.#pending.delete(ended.id);
    invocation?.settle(ended);
  }

  failAll(message: string): void {
    clearTimeout(this.#timer);
    for (const id of Array.from(this.#pending.keys())) this.settle(toFailed(id, message));
  }

  /** One timer for all: the oldest invocation is the first in the map. */
  #watch(): void {
    const [oldest] = this.#pending;
    if (this.#timeoutMs === undefined || this.#timer !== undefined || oldest === undefined) return;
    const [id, { startedAt }] = oldest;
    const leftMs = startedAt + this.#timeoutMs - performance.now();
    if (leftMs <= 0) {
      this.#onTimeout(id);
      return;
    }
    const onTimer = (): void => {
      this.#timer = undefined;
      this.#watch();
    };
    this.#timer = setTimeout(onTimer, Math.min(leftMs, longestTimerMs)).unref();
  }
}

function toFailed(id: string, message: string): Ended {
  return { type: 'ended', id, ok: false, message, stack: '' };
}

function toLogLine(logged: Logged): HostLogLine {
  const { level, category, message, id, functionName, stream } = logged;
  return { level, category, message, stream, invocationId: id, functionName };
}

/** Sends everything that is posted in one turn of the event loop as one message. */
function createPost(child: Child): (message: ToWorker) => void {
  let queue: ToWorker[] = [];
  const flush = (): void => {
    const batch = queue;
    queue = [];
    child.send(batch);
  };
  return (message) => {
    queue.push(message);
    if (queue.length === 1) setImmediate(flush);
  };
}
