import type { Pool } from '@tricloud/supervisor';
import type { Keys } from './auth/keys.ts';
import type { HostLogLine, HostOptions, LogLevel } from './host-types.ts';
import type { LoadedApp } from './loaded-app.ts';
import type { ScheduleStatus } from './timers/timer.ts';
import type { Worker } from './worker-process.ts';

/** An app together with the worker that runs it. */
export interface RunningApp {
  readonly app: LoadedApp;
  readonly worker: Worker;
}

/** The host as its front, its admin API and its triggers see it. */
export interface HostContext {
  readonly options: HostOptions;
  readonly port: number;
  readonly pool: Pool<RunningApp>;
  /** The app as it was loaded last, whether or not it runs now. */
  readonly app: LoadedApp;
  readonly keys: () => Keys;
  /** When timers ran, kept while the host lives. */
  readonly timerStatus: Map<string, ScheduleStatus>;
  /** Ends waits between attempts when the host closes. */
  readonly signal: AbortSignal;
  readonly log: (line: HostLogLine) => void;
  /** Set by the admin API: functions do not answer then. */
  isOffline: boolean;
  restart(): Promise<void>;
}

/** Logs a line of the host's own. */
export function logSystem(
  { log }: Pick<HostContext, 'log'>,
  level: LogLevel,
  message: string,
  of: Pick<HostLogLine, 'functionName' | 'invocationId'> = {},
): void {
  log({ level, category: 'system', message, ...of });
}
