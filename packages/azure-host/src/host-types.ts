import type { Watchdog } from '@tricloud/supervisor';

/** One line that a function or the host wrote. */
export interface HostLogLine {
  readonly level: LogLevel;
  readonly category: 'user' | 'system';
  readonly message: string;
  readonly functionName?: string | undefined;
  readonly invocationId?: string | undefined;
  /** Where the app printed the line, if it did not log it through its context. */
  readonly stream?: 'stdout' | 'stderr' | undefined;
}

/** The severity of a log line, as Azure Functions names it. */
export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical';

/** The result of one invocation. Durations in milliseconds, sizes in bytes. */
export interface HostInvocation {
  readonly id: string;
  readonly functionName: string;
  readonly trigger: 'http' | 'timer' | 'other';
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly succeeded: boolean;
  readonly coldStart: boolean;
  readonly durationMs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** A function of the app as the host sees it. */
export interface HostFunction {
  readonly name: string;
  /** The type of its trigger, such as `httpTrigger`. */
  readonly trigger: string;
  readonly methods: readonly string[];
  /** The full route template, prefix included; absent for functions that are not HTTP. */
  readonly route?: string | undefined;
  readonly isDisabled: boolean;
  /** The reason that the function cannot run. */
  readonly error?: string | undefined;
}

/** Options of a host. */
export interface HostOptions {
  /** The folder with `package.json`, `host.json` and perhaps `local.settings.json`. */
  readonly appDir: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Environment of the worker, on top of the host's own; wins over `local.settings.json`. */
  readonly env?: Readonly<Record<string, string>>;
  /** The Node that runs the worker; the host's own unless given. */
  readonly nodePath?: string | undefined;
  /** Flags for the worker's Node, such as `--inspect=127.0.0.1:9229`. */
  readonly execArgv?: readonly string[];
  /** Keep a second worker that has loaded everything but the app, so that a restart needs no new process. */
  readonly standby?: boolean | undefined;
  /** An app that cannot be loaded is logged and answers with an error until a restart loads it; otherwise it fails the start. */
  readonly startsWithoutApp?: boolean;
  /** Enforce keys as the cloud does; off as in Core Tools. */
  readonly enableAuth?: boolean;
  /** Where the keys are kept; `node_modules/.cache/tricloud/azure-keys.json` of the app unless given. */
  readonly keysFile?: string;
  /** Cancels the start: what has been started is ended at once, and the start is rejected. */
  readonly signal?: AbortSignal | undefined;
  readonly onLog?: (line: HostLogLine) => void;
  readonly onInvocation?: (invocation: HostInvocation) => void;
  /** Resident memory above which the worker is killed; not limited unless given. */
  readonly memoryMiB?: number | undefined;
  /** Guards the worker, which must not outlive this process; the host starts its own unless given. */
  readonly watchdog?: Watchdog | undefined;
  /**
   * Called when the worker has ended by itself, before it is restarted after a delay, or, without one, on the next
   * request.
   */
  readonly onWorkerExit?: (
    exit: { readonly code: number | null; readonly signal: string | null },
    restartMs: number | undefined,
  ) => void;
}

/** A running host. */
export interface Host {
  readonly url: string;
  readonly port: number;
  readonly functions: readonly HostFunction[];
  readonly workerPid: number | undefined;
  /** Loads the app again in a new worker; requests that arrive in the meantime wait. */
  restart(): Promise<void>;
  /** Ends the worker (5 s grace for `appTerminate`) and stops listening. */
  close(): Promise<void>;
}
