import { startHost } from '@tricloud/azure-host';
import { LocalCloudError, PortInUseError } from '../errors.ts';
import { watchMemory } from '../processes/memory-watch.ts';
import type { RuntimeOptions } from '../runtime.ts';

/** Azure: the Functions host of this repository, which has a front of its own. */
export interface AzureRuntime {
  readonly url: string;
  readonly port: number;
  /** Serves what stands in the app's folder now; requests that arrive meanwhile wait. */
  swap(): Promise<void>;
  instances(): number;
  close(): Promise<void>;
}

/** Starts the host on the built app; `port` 0 picks a free one. */
export async function startAzure(options: RuntimeOptions, flag: string): Promise<AzureRuntime> {
  const host = await startHost({
    appDir: options.appDir,
    port: options.port,
    env: { ...options.env, ...azureEnvironment(options.memoryMiB) },
    nodePath: options.nodePath,
    standby: options.hasStandby,
    startsWithoutApp: true,
    ...(options.signal !== undefined && { signal: options.signal }),
    execArgv: [
      '--enable-source-maps',
      `--max-old-space-size=${Math.floor(options.memoryMiB * 0.9)}`,
      ...options.execArgv(1),
    ],
    onLog(line) {
      if (line.category === 'system' && quiet.has(line.level)) return;
      const stream = line.stream ?? (loud.has(line.level) ? 'stderr' : 'stdout');
      for (const text of line.message.split('\n')) {
        options.onLog(line.invocationId ?? null, stream, text);
      }
    },
    onInvocation(invocation) {
      options.onRecord({
        at: new Date(Date.now() - invocation.durationMs).toISOString(),
        id: invocation.id,
        method: invocation.method ?? invocation.trigger.toUpperCase(),
        path: invocation.path ?? `/${invocation.functionName}`,
        status: invocation.status ?? (invocation.succeeded ? 200 : 500),
        coldStart: invocation.coldStart,
        durationMs: invocation.durationMs,
        memoryMiB: options.memoryMiB,
        bytesIn: invocation.bytesIn,
        bytesOut: invocation.bytesOut,
        ...(invocation.succeeded ? {} : { error: 'The invocation failed.' }),
      });
    },
    onWorkerExit: options.onExit,
    guard(pid) {
      const release = options.watchdog.guard(pid);
      const endWatch = watchMemory({
        pid,
        memoryMiB: options.memoryMiB,
        onExceeded(residentMiB) {
          options.onLog(
            null,
            'stderr',
            `The worker is ended: its ${residentMiB} MiB are over the instance's ${options.memoryMiB} MiB.`,
          );
          process.kill(pid, 'SIGKILL');
        },
      });
      return () => {
        release();
        endWatch();
      };
    },
  }).catch((error: unknown) => {
    throw toStartError(error, options.port, flag);
  });
  return {
    url: host.url,
    port: host.port,
    swap: () => host.restart(),
    instances: () => (host.workerPid === undefined ? 0 : 1),
    close: () => host.close(),
  };
}

const loud = new Set<string>(['warning', 'error', 'critical']);
/** The host's own chatter; every invocation has its record. */
const quiet = new Set<string>(['trace', 'debug', 'information']);

/**
 * What the Functions platform says of an app; the host adds its own.
 * Source: https://learn.microsoft.com/azure/azure-functions/functions-app-settings
 */
function azureEnvironment(memoryMiB: number): Record<string, string> {
  return {
    FUNCTIONS_EXTENSION_VERSION: '~4',
    FUNCTIONS_WORKER_RUNTIME: 'node',
    REGION_NAME: 'local',
    WEBSITE_INSTANCE_MEMORY_MB: String(memoryMiB),
    WEBSITE_SITE_NAME: 'tricloud',
  };
}

function toStartError(error: unknown, port: number, flag: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'EADDRINUSE') return new PortInUseError(port, flag, { cause: error });
  if (error.code === 'EACCES') {
    return new LocalCloudError(`Port ${port} cannot be opened. See ${flag}.`, { cause: error });
  }
  return error;
}
