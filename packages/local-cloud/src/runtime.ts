import type { IncomingMessage, RequestListener } from 'node:http';
import type { Exit, Instance, Launcher, Pool, Watchdog } from '@tricloud/supervisor';
import type { InstanceConfig, InvocationRecord } from './options.ts';

/** One of the three runtimes while it runs. */
export interface Runtime {
  readonly listener: RequestListener;
  /** Resolves when the first instance is ready, with the reason when it is not. */
  readonly ready: Promise<string | undefined>;
  /** Serves another version; requests that have begun are finished by the one they began in. */
  swap(appDir: string): Promise<void>;
  instances(): number;
  close(): Promise<void>;
}

/** One invocation as its runtime saw it, before it is priced. */
export interface Metered extends Omit<
  InvocationRecord,
  'provider' | 'billedDurationMs' | 'costUsd'
> {
  /** Billed in addition to the invocation itself: AWS bills initialisation. */
  readonly billedExtraMs?: number;
}

/** Options of every runtime. */
export interface RuntimeOptions extends InstanceConfig {
  /** The built app: what would be deployed. */
  readonly appDir: string;
  readonly port: number;
  /** The Node that runs the instances; the one of this process unless given. */
  readonly nodePath?: string | undefined;
  /** Version of that Node; that of this process unless given. */
  readonly nodeVersion?: string | undefined;
  /** Flags for the Node of an instance, by its number: a debugger's port must differ while two instances overlap. */
  readonly execArgv: (instance: number) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly watchdog: Watchdog;
  /** Keeps a process ready for the next start: for a development server, whose functions change. */
  readonly hasStandby: boolean;
  /** Cancels the start. */
  readonly signal?: AbortSignal | undefined;
  readonly onRecord: (metered: Metered) => void;
  readonly onLog: (invocationId: string | null, stream: 'stdout' | 'stderr', line: string) => void;
  /** Without a time until the restart, the next request or build restarts it. */
  readonly onExit: (exit: Exit, restartMs: number | undefined) => void;
}

/** A runtime whose instances are those of a pool. */
export function runtimeOf<S>(
  pool: Pool<S>,
  launcher: Launcher,
  front: {
    readonly listener: RequestListener;
    readonly startOf: (appDir: string) => () => Instance<S> | Promise<Instance<S>>;
  },
): Runtime {
  return {
    listener: front.listener,
    ready: pool.ready,
    async swap(appDir) {
      await pool.swap(front.startOf(appDir));
    },
    instances: () => pool.size,
    async close() {
      await Promise.all([pool.close(), launcher.close()]);
    },
  };
}

/** The facts of a request that arrives now, for its record. */
export function describeArrival(
  request: IncomingMessage,
): Pick<InvocationRecord, 'at' | 'method' | 'path'> {
  return {
    at: new Date().toISOString(),
    method: request.method ?? '',
    path: (request.url ?? '').split('?')[0] ?? '',
  };
}
