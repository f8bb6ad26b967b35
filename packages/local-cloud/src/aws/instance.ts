import type { Exit } from '../processes/child.ts';
import type { ChildSource } from '../processes/child-source.ts';
import { deferred } from '../processes/deferred.ts';
import { watchMemory } from '../processes/memory-watch.ts';
import { childEnvironment } from '../processes/environment.ts';
import { lambdaEnvironment } from './environment.ts';
import { type Invocation, type RuntimeResult, serveRuntimeApi } from './runtime-api.ts';

/** How an invocation ended: as the runtime said, or without its word. */
export type Outcome =
  | RuntimeResult
  | { readonly kind: 'exited'; readonly exit: Exit }
  | { readonly kind: 'timed-out' };

/** How the initialisation of an instance ended. */
export type Init =
  | { readonly kind: 'initialised'; readonly initMs: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** One execution environment: a process and the Runtime API that feeds it, one invocation at a time. */
export interface Instance {
  readonly pid: number | undefined;
  readonly init: Promise<Init>;
  readonly exited: Promise<Exit>;
  /** Runs an invocation; `idle` settles when the runtime asks for the next one or is gone. */
  invoke(invocation: Invocation): { outcome: Promise<Outcome>; idle: Promise<void> };
  /** Ends the process, which is not running anything. */
  end(): Promise<void>;
  kill(): void;
}

/** What an instance is made of. */
export interface InstanceOptions {
  /** Starts the program that runs the bundle: a client of the Runtime API. */
  readonly children: ChildSource;
  readonly taskRoot: string;
  readonly functionName: string;
  readonly region: string;
  readonly memoryMiB: number;
  readonly timeoutMs: number;
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly onLog: (invocationId: string | null, stream: 'stdout' | 'stderr', line: string) => void;
}

/** Ten seconds: what Lambda allows an initialisation before it starts it anew within the first invocation. */
const initTimeoutMs = 10_000;

/** Starts an instance; it is ready when `init` says so. */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const startedAt = performance.now();
  let current: { id: string; settle: (outcome: Outcome) => void } | undefined;
  let lastId: string | null = null;
  let idle = deferred();
  let timer: NodeJS.Timeout | undefined;
  const init = deferred<Init>();

  const api = await serveRuntimeApi({
    onNext() {
      clearTimeout(timer);
      current = undefined;
      init.resolve({ kind: 'initialised', initMs: performance.now() - startedAt });
      idle.resolve();
    },
    onInitError: (errorType, message) =>
      init.resolve({ kind: 'failed', reason: `${errorType}: ${message}` }),
    onResult(id, result) {
      if (current?.id === id) current.settle(result);
    },
  });
  const env = childEnvironment(
    options.env,
    lambdaEnvironment({
      functionName: options.functionName,
      memoryMiB: options.memoryMiB,
      taskRoot: options.taskRoot,
      runtimeApi: api.address,
      region: options.region,
      logStream: `local/[$LATEST]${Math.random().toString(16).slice(2).padEnd(13, '0')}`,
    }),
  );
  const child = options.children.start({
    execArgv: [
      '--enable-source-maps',
      `--max-old-space-size=${Math.max(32, Math.floor(options.memoryMiB * 0.9))}`,
      ...options.execArgv,
    ],
    env,
    cwd: options.taskRoot,
    onLine(stream, line) {
      for (const entry of parseLogLine(line)) {
        options.onLog(entry.requestId ?? current?.id ?? lastId, stream, entry.text);
      }
    },
  });
  const endWatch = watchMemory({
    pid: child.pid,
    memoryMiB: options.memoryMiB,
    onExceeded(residentMiB) {
      options.onLog(
        current?.id ?? lastId,
        'stderr',
        `Runtime exited with error: signal: killed; memory size: ${options.memoryMiB} MB, used: ${residentMiB} MB`,
      );
      child.kill();
    },
  });
  const initTimer = setTimeout(
    () => child.kill(),
    Math.min(Math.max(initTimeoutMs, options.timeoutMs), 2 ** 31 - 1),
  );
  void init.promise.then(() => clearTimeout(initTimer));
  void gone();
  async function gone() {
    const exit = await child.exited;
    clearTimeout(timer);
    endWatch();
    init.resolve({ kind: 'failed', reason: describe(exit) });
    current?.settle({ kind: 'exited', exit });
    idle.resolve();
    api.close();
  }

  return {
    pid: child.pid,
    init: init.promise,
    exited: child.exited,
    invoke(invocation) {
      const outcome = deferred<Outcome>();
      idle = deferred();
      current = { id: invocation.id, settle: outcome.resolve };
      lastId = invocation.id;
      timer = setTimeout(
        () => {
          const seconds = (options.timeoutMs / 1000).toFixed(2);
          options.onLog(invocation.id, 'stderr', `Task timed out after ${seconds} seconds`);
          outcome.resolve({ kind: 'timed-out' });
          child.kill();
        },
        Math.min(options.timeoutMs, 2 ** 31 - 1),
      );
      api.offer(invocation);
      return { outcome: outcome.promise, idle: idle.promise };
    },
    async end() {
      await child.end(2000);
    },
    kill: () => child.kill(),
  };
}

/** How a process ended, in Lambda's words. */
export function describe(exit: Exit): string {
  return exit.signal === null
    ? `Runtime exited with error: exit status ${exit.code ?? 'unknown'}`
    : `Runtime exited with error: signal: ${exit.signal}`;
}

/**
 * Lambda's Node runtime writes `<time>\t<request id>\t<level>\t<text>` for what goes through `console`, with a
 * carriage return for every line break within.
 */
function parseLogLine(line: string): readonly { requestId?: string; text: string }[] {
  const match = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t([0-9a-f-]{36}|-|undefined)\t[A-Z]+\t/.exec(line);
  if (match === null) return [{ text: line }];
  const requestId = match[1]?.length === 36 ? match[1] : undefined;
  return line
    .slice(match[0].length)
    .split('\r')
    .map((text) => (requestId === undefined ? { text } : { requestId, text }));
}
