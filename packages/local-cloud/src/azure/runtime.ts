import { type HostInvocation, type HostLogLine, startHost } from '@tricloud/azure-host';
import { LocalCloudError, PortInUseError } from '../errors.ts';
import type { RuntimeOptions } from '../runtime.ts';
import { azureEnvironment } from './environment.ts';

/** Azure: the Functions host of this repository, which has a front of its own. */
export interface AzureRuntime {
  readonly url: string;
  /** Serves what is in the app's folder now; requests that arrive in the meantime wait. */
  swap(): Promise<void>;
  instances(): number;
  close(): Promise<void>;
}

/** Starts the host on the built app; `port` 0 picks a free one. */
export async function startAzure(options: RuntimeOptions, flag: string): Promise<AzureRuntime> {
  const { appDir, port, memoryMiB } = options;
  const host = await startHost({
    appDir,
    port,
    memoryMiB,
    env: { ...options.env, ...azureEnvironment(memoryMiB) },
    nodePath: options.nodePath,
    standby: options.hasStandby,
    startsWithoutApp: true,
    signal: options.signal,
    watchdog: options.watchdog,
    execArgv: [
      '--enable-source-maps',
      `--max-old-space-size=${Math.floor(memoryMiB * 0.9)}`,
      ...options.execArgv(1),
    ],
    onLog: (line) => forwardLog(options, line),
    onInvocation: (invocation) => record(options, invocation),
    onWorkerExit: options.onExit,
  }).catch((error: unknown) => {
    throw toStartError(error, port, flag);
  });
  return {
    url: host.url,
    swap: () => host.restart(),
    instances: () => (host.workerPid === undefined ? 0 : 1),
    close: () => host.close(),
  };
}

function forwardLog({ onLog }: RuntimeOptions, line: HostLogLine): void {
  if (line.category === 'system' && routine.has(line.level)) return;
  const stream = line.stream ?? (severe.has(line.level) ? 'stderr' : 'stdout');
  for (const text of line.message.split('\n')) onLog(line.invocationId ?? null, stream, text);
}

const severe = new Set<string>(['warning', 'error', 'critical']);
/** Levels of host lines that are left out: the record of the invocation has the same facts. */
const routine = new Set<string>(['trace', 'debug', 'information']);

function record({ onRecord, memoryMiB }: RuntimeOptions, invocation: HostInvocation): void {
  const { id, succeeded, coldStart, durationMs, bytesIn, bytesOut } = invocation;
  onRecord({
    at: new Date(Date.now() - durationMs).toISOString(),
    id,
    method: invocation.method ?? invocation.trigger.toUpperCase(),
    path: invocation.path ?? `/${invocation.functionName}`,
    status: invocation.status ?? (succeeded ? 200 : 500),
    coldStart,
    durationMs,
    memoryMiB,
    bytesIn,
    bytesOut,
    ...(succeeded ? {} : { error: 'The invocation failed.' }),
  });
}

function toStartError(error: unknown, port: number, flag: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'EADDRINUSE') return new PortInUseError(port, flag, { cause: error });
  if (error.code === 'EACCES') {
    return new LocalCloudError(`Port ${port} cannot be opened. See ${flag}.`, { cause: error });
  }
  return error;
}
