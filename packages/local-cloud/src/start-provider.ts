import path from 'node:path';
import { type AppBuilder, type BuiltApp, createAppBuilder, writeFiles } from '@tricloud/build';
import type { Watchdog } from '@tricloud/supervisor';
import { startAws } from './aws/runtime.ts';
import { startAzure } from './azure/runtime.ts';
import { startGoogle } from './google/runtime.ts';
import { defaultInstances } from './limits.ts';
import { toRecord } from './metering.ts';
import type { InstanceConfig, LocalCloudEvent, LocalCloudOptions, ProviderId } from './options.ts';
import type { Runtime, RuntimeOptions } from './runtime.ts';
import type { SwitchedFront } from './switched-front.ts';

/** A provider that runs, and what makes its bundles. */
export interface StartedProvider {
  readonly provider: ProviderId;
  readonly url: string;
  readonly builder: AppBuilder;
  readonly built: BuiltApp;
  instances(): number;
  /** Serves another build; requests that have begun are finished by the one they began in. */
  serve(app: BuiltApp): Promise<void>;
  close(): Promise<void>;
}

/** Options of one provider. */
export interface ProviderStart {
  readonly provider: ProviderId;
  readonly options: LocalCloudOptions;
  readonly runDir: string;
  readonly socketDir: string;
  readonly watchdog: Watchdog;
  readonly emit: (event: LocalCloudEvent) => void;
  /** The open front; Azure's host has its own. */
  readonly front: SwitchedFront | undefined;
}

/** Memory and time-out of the provider's instances. */
export function configOf(options: LocalCloudOptions, provider: ProviderId): InstanceConfig {
  const config = { ...defaultInstances[provider], ...options.instances?.[provider] };
  // A breakpoint holds the function for as long as a person thinks.
  return options.inspect === provider ? { ...config, timeoutMs: day } : config;
}

const day = 86_400_000;

/** Builds the provider's app and starts its runtime; resolves when its first instance is ready or has failed. */
export async function startProvider(start: ProviderStart): Promise<StartedProvider> {
  const { provider, options, runDir } = start;
  const dir = path.join(runDir, provider);
  const builder = await createAppBuilder(
    { ...options, provider },
    // As deep as the folders that are served: a source map names its sources by relative paths.
    provider === 'azure' ? dir : path.join(dir, '0'),
  );
  try {
    const built = await builder.build();
    const running = await (provider === 'azure' ? runAzure : runBehindFront)(start, built, dir);
    return {
      ...running,
      provider,
      builder,
      built,
      async close() {
        await Promise.all([running.close(), builder.dispose()]);
      },
    };
  } catch (error) {
    await builder.dispose();
    throw error;
  }
}

type Running = Pick<StartedProvider, 'url' | 'instances' | 'serve' | 'close'>;

/** Azure's host is bound to its folder: a new build replaces the old one's files. */
async function runAzure(start: ProviderStart, built: BuiltApp, dir: string): Promise<Running> {
  const port = start.options.ports.azure;
  await writeFiles(dir, built.files);
  const azure = await startAzure(toRuntimeOptions(start, dir, port), '--port-azure');
  start.emit({ type: 'ready', provider: 'azure', url: azure.url });
  return {
    url: azure.url,
    instances: () => azure.instances(),
    async serve(app) {
      await writeFiles(dir, app.files);
      await azure.swap();
    },
    close: () => azure.close(),
  };
}

/** Every build has its own folder: the old version's instances may still read theirs. */
async function runBehindFront(
  start: ProviderStart,
  built: BuiltApp,
  dir: string,
): Promise<Running> {
  const { provider, options, front, emit } = start;
  if (front === undefined) throw new TypeError(`${provider} has no front.`);
  let version = 1;
  const folder = () => path.join(dir, String(version));
  await writeFiles(folder(), built.files);
  const runtimeOptions = toRuntimeOptions(start, folder(), front.port);
  const runtime =
    provider === 'aws'
      ? startAws({
          ...runtimeOptions,
          maxInstances: options.inspect === 'aws' ? 1 : (options.awsInstances ?? 4),
          gatewayTimeoutMs: options.inspect === 'aws' ? day : undefined,
        })
      : startGoogle({ ...runtimeOptions, socketDir: start.socketDir });
  front.serveBy(runtime.listener);
  await untilReady(runtime, options.signal);
  // A function that cannot be loaded is answered for as the provider does, until a save repairs it.
  emit({ type: 'ready', provider, url: front.url });
  return {
    url: front.url,
    instances: () => runtime.instances(),
    async serve(app) {
      version += 1;
      await writeFiles(folder(), app.files);
      await runtime.swap(folder());
    },
    close: () => runtime.close(),
  };
}

/**
 * Resolves when the first instance is ready, or its log or exit has said why it is not.
 *
 * @throws the signal's reason if the start is given up first; the runtime is closed then.
 */
async function untilReady(runtime: Runtime, signal: AbortSignal | undefined): Promise<void> {
  const givenUp = new Promise<undefined>((resolve) => {
    if (signal?.aborted === true) resolve(undefined);
    signal?.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  await Promise.race([runtime.ready, givenUp]);
  if (signal?.aborted === true) {
    await runtime.close();
    signal.throwIfAborted();
  }
}

function toRuntimeOptions(start: ProviderStart, appDir: string, port: number): RuntimeOptions {
  const { provider, options, emit } = start;
  return {
    ...configOf(options, provider),
    appDir,
    port,
    nodePath: options.nodePath,
    nodeVersion: options.nodeVersion,
    // The old version's instance may still hold the first port when the new one starts.
    execArgv: (instance) =>
      options.inspect === provider ? [`--inspect=127.0.0.1:${9229 + ((instance - 1) % 2)}`] : [],
    env: options.env ?? {},
    watchdog: start.watchdog,
    signal: options.signal,
    hasStandby: options.watch && options.inspect !== provider,
    onRecord: (metered) => emit({ type: 'record', record: toRecord(provider, metered) }),
    onLog: (invocationId, stream, line) =>
      emit({ type: 'log', provider, invocationId, stream, line }),
    onExit: ({ code, signal }, restartMs) =>
      emit({ type: 'exit', provider, code, signal, isRestarted: restartMs !== undefined }),
  };
}
