import {
  type Deferred,
  deferred,
  type Exit,
  type Instance,
  type Launcher,
  longestTimerMs,
  type Readiness,
  watchMemory,
} from '@tricloud/supervisor';
import { childEnvironment } from '../environment.ts';
import { lambdaEnvironment } from './environment.ts';
import {
  type Invocation,
  type RuntimeApi,
  type RuntimeResult,
  serveRuntimeApi,
} from './runtime-api.ts';

/** The end of an invocation, by its result or without one. */
export type Outcome =
  | RuntimeResult
  | { readonly kind: 'exited'; readonly exit: Exit }
  | { readonly kind: 'timed-out' };

/** An invocation that runs; `idle` resolves when the instance can take the next one, or has exited. */
export interface Running {
  readonly outcome: Promise<Outcome>;
  readonly idle: Promise<void>;
}

/** An execution environment that is ready: a process that takes one invocation at a time. */
export interface ExecutionEnvironment {
  invoke(invocation: Invocation): Running;
}

/** Options of an instance. */
export interface InstanceOptions {
  /** Starts the program that runs the bundle: a client of the Runtime API. */
  readonly launcher: Launcher;
  readonly appDir: string;
  readonly functionName: string;
  readonly region: string;
  readonly memoryMiB: number;
  readonly nodeVersion?: string | undefined;
  readonly timeoutMs: number;
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly onLog: (invocationId: string | null, stream: 'stdout' | 'stderr', line: string) => void;
}

/** The invocation that an instance works on. */
interface Current {
  readonly id: string;
  readonly outcome: Deferred<Outcome>;
  readonly idle: Deferred<void>;
  readonly timer: NodeJS.Timeout;
}

/** Time between SIGTERM and SIGKILL. */
const endGraceMs = 2000;

/** Starts an execution environment: a process, and the Runtime API that gives it one invocation at a time. */
export async function startInstance(
  options: InstanceOptions,
): Promise<Instance<ExecutionEnvironment>> {
  const ready = deferred<Readiness<ExecutionEnvironment>>();
  let current: Current | undefined;
  let lastId: string | null = null;
  const settle = () => {
    clearTimeout(current?.timer);
    current?.idle.resolve();
    current = undefined;
  };

  const api = await serveRuntimeApi({
    onNext() {
      settle();
      ready.resolve({ isReady: true, service: { invoke } });
    },
    onInitError: (errorType, message) =>
      ready.resolve({ isReady: false, reason: `${errorType}: ${message}` }),
    onResult(id, result) {
      if (current?.id === id) current.outcome.resolve(result);
    },
  });
  const child = startRuntime(options, api, () => lastId);
  void child.exited.then((exit) => {
    ready.resolve({ isReady: false, reason: describeExit(exit) });
    current?.outcome.resolve({ kind: 'exited', exit });
    settle();
    return api.close();
  });

  function invoke(invocation: Invocation): Running {
    const outcome = deferred<Outcome>();
    const idle = deferred();
    const onTimeout = () => {
      const seconds = (options.timeoutMs / 1000).toFixed(2);
      options.onLog(invocation.id, 'stderr', `Task timed out after ${seconds} seconds`);
      outcome.resolve({ kind: 'timed-out' });
      child.kill();
    };
    const timer = setTimeout(onTimeout, Math.min(options.timeoutMs, longestTimerMs));
    current = { id: invocation.id, outcome, idle, timer };
    lastId = invocation.id;
    api.offer(invocation);
    return { outcome: outcome.promise, idle: idle.promise };
  }

  return {
    ready: ready.promise,
    exited: child.exited,
    end: () => child.end(endGraceMs),
    kill: () => child.kill(),
  };
}

/** Starts the process, whose log lines belong to the latest invocation unless they name another. */
function startRuntime(options: InstanceOptions, api: RuntimeApi, lastId: () => string | null) {
  const { memoryMiB } = options;
  const child = options.launcher.start({
    execArgv: [
      '--enable-source-maps',
      `--max-old-space-size=${Math.max(32, Math.floor(memoryMiB * 0.9))}`,
      ...options.execArgv,
    ],
    env: childEnvironment(
      options.env,
      lambdaEnvironment({
        functionName: options.functionName,
        memoryMiB,
        taskRoot: options.appDir,
        runtimeApi: api.address,
        region: options.region,
        nodeVersion: options.nodeVersion ?? process.versions.node,
        logStream: `local/[$LATEST]${Math.random().toString(16).slice(2).padEnd(13, '0')}`,
      }),
    ),
    cwd: options.appDir,
    onLine(stream, line) {
      for (const { requestId, text } of parseLogLine(line)) {
        options.onLog(requestId ?? lastId(), stream, text);
      }
    },
  });
  watchMemory(child, memoryMiB, (residentMiB) => {
    const error = `Runtime exited with error: signal: killed; memory size: ${memoryMiB} MB, used: ${residentMiB} MB`;
    options.onLog(lastId(), 'stderr', error);
  });
  return child;
}

/** The end of a process in Lambda's words. */
export function describeExit(exit: Exit): string {
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
