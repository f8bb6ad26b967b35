import type { RequestListener } from 'node:http';
import type { InstanceConfig, InvocationRecord } from './options.ts';
import type { Exit } from './processes/child.ts';
import type { Watchdog } from '@tricloud/azure-host';

/** One of the three runtimes while it runs. */
export interface Runtime {
  readonly listener: RequestListener;
  /** Settles when the first instance has come up, with the reason when it could not. */
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
  /** What is billed besides the invocation itself: AWS bills initialisation. */
  readonly billedExtraMs?: number;
}

/** What every runtime is given. */
export interface RuntimeOptions extends InstanceConfig {
  /** The built app: what would be deployed. */
  readonly appDir: string;
  readonly port: number;
  readonly nodePath: string;
  /** Flags for the Node of an instance, by its number: two may live at a time, and a debugger's port is one's own. */
  readonly execArgv: (instance: number) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly watchdog: Watchdog;
  /** Keeps a process ready for the next start: for a development server, whose functions change. */
  readonly hasStandby: boolean;
  /** Gives the start up. */
  readonly signal?: AbortSignal;
  readonly onRecord: (metered: Metered) => void;
  readonly onLog: (invocationId: string | null, stream: 'stdout' | 'stderr', line: string) => void;
  readonly onExit: (exit: Exit) => void;
}
