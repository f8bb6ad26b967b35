import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startAws } from './aws/aws-runtime.ts';
import { startAzure } from './azure/azure-runtime.ts';
import { type AppBuilder, type BuiltApp, createAppBuilder } from './build/app-builder.ts';
import { writeApp } from './build/build-app.ts';
import { controlListener } from './control/control-api.ts';
import { createHistory } from './control/history.ts';
import { type Front, listen } from './front.ts';
import { startGoogle } from './google/google-runtime.ts';
import { defaultInstances } from './limits.ts';
import { toRecord } from './metering.ts';
import type { LocalCloud, LocalCloudEvent, LocalCloudOptions, ProviderId } from './options.ts';
import { startWatchdog, type Watchdog } from './processes/watchdog.ts';
import { startWatching } from './build/watch-sources.ts';
import type { RuntimeOptions } from './runtime.ts';

interface Running {
  readonly url: string;
  instances(): number;
  /** Serves another build. */
  serve(app: BuiltApp): Promise<void>;
  close(): Promise<void>;
}

/**
 * Builds the apps and runs them side by side. Rejects, with nothing left running, when a port is taken or an
 * app cannot be built; resolves when every runtime has come up, or has shown that its function cannot.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const history = createHistory();
  const emit = (event: LocalCloudEvent) => {
    history.add(event);
    options.onEvent(event);
  };
  const runDir = path.join(
    options.cacheDir,
    `run-${process.pid}-${randomBytes(4).toString('hex')}`,
  );
  const watchdog = startWatchdog();
  watchdog.guardFolder(runDir);
  const closing: (() => Promise<unknown> | void)[] = [
    () => watchdog.close(),
    () => rm(runDir, { recursive: true, force: true }),
  ];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };

  try {
    await removeAbandoned(options.cacheDir);
    const running = new Map<ProviderId, Running>();
    const startedAt = new Date().toISOString();
    const consoleFront = await listen(
      options.ports.console,
      '--port-console',
      controlListener(history, () => ({
        startedAt,
        node: process.versions.node,
        providers: [...running].map(([provider, runtime]) => ({
          provider,
          url: runtime.url,
          instances: runtime.instances(),
          ...configOf(options, provider),
        })),
      })),
    );
    closing.push(() => consoleFront.close());
    const fronts = await openFronts(options, closing);
    const starts = options.providers.map((provider) =>
      startProvider({ provider, options, runDir, watchdog, emit, front: fronts.get(provider) }),
    );
    closing.push(async () => {
      const settled = await Promise.allSettled(starts);
      await Promise.all(
        settled.map((start) => (start.status === 'fulfilled' ? start.value.runtime.close() : null)),
      );
    });
    const started = await Promise.all(starts);
    for (const { provider, runtime } of started) running.set(provider, runtime);
    if (options.watch) {
      const watching = startWatching(started, { emit });
      closing.push(() => watching.close());
    }
    return {
      urls: Object.fromEntries([...running].map(([provider, { url }]) => [provider, url])),
      consoleUrl: consoleFront.url,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Start {
  readonly provider: ProviderId;
  readonly options: LocalCloudOptions;
  readonly runDir: string;
  readonly watchdog: Watchdog;
  readonly emit: (event: LocalCloudEvent) => void;
  readonly front: SwitchedFront | undefined;
}

/** A provider that runs, with what makes its bundles. */
export interface Started {
  readonly provider: ProviderId;
  readonly runtime: Running;
  readonly builder: AppBuilder;
  readonly built: BuiltApp;
}

async function startProvider(start: Start): Promise<Started> {
  const { provider, options, runDir, watchdog, emit } = start;
  const dir = path.join(runDir, provider);
  const builder = await createAppBuilder({
    provider,
    appDir: options.appDirs[provider],
    outDir: dir,
    ...(options.functionFile === undefined ? {} : { functionFile: options.functionFile }),
  });
  const built = await builder.build();
  let version = 1;
  // Azure's host is bound to its folder; the others get a folder for every version.
  const dirOf = () => (provider === 'azure' ? dir : path.join(dir, String(version)));
  await writeApp(dirOf(), built.files);

  const runtimeOptions: RuntimeOptions = {
    ...configOf(options, provider),
    appDir: dirOf(),
    port: start.front?.port ?? options.ports[provider],
    nodePath: options.nodePath ?? process.execPath,
    execArgv: options.inspect === provider ? ['--inspect=127.0.0.1:9229'] : [],
    env: options.env ?? {},
    watchdog,
    onRecord: (metered) => emit({ type: 'record', record: toRecord(provider, metered) }),
    onLog: (invocationId, stream, line) =>
      emit({ type: 'log', provider, invocationId, stream, line }),
    onExit: ({ code, signal }) => emit({ type: 'exit', provider, code, signal }),
  };

  if (provider === 'azure') {
    const azure = await startAzure(runtimeOptions, '--port-azure');
    emit({ type: 'ready', provider, url: azure.url });
    return {
      provider,
      builder,
      built,
      runtime: {
        url: azure.url,
        instances: () => azure.instances(),
        async serve(app) {
          await writeApp(dir, app.files);
          await azure.swap();
        },
        async close() {
          await Promise.all([azure.close(), builder.dispose()]);
        },
      },
    };
  }

  const { front } = start;
  if (front === undefined) throw new TypeError(`${provider} has no front.`);
  const runtime =
    provider === 'aws'
      ? startAws({
          ...runtimeOptions,
          maxInstances: options.inspect === 'aws' ? 1 : (options.awsInstances ?? 4),
        })
      : startGoogle({ ...runtimeOptions, socketDir: await socketDir(watchdog) });
  front.switchTo(runtime.listener);
  const failure = await runtime.ready;
  if (failure === undefined) emit({ type: 'ready', provider, url: front.url });
  else emit({ type: 'log', provider, invocationId: null, stream: 'stderr', line: failure });
  return {
    provider,
    builder,
    built,
    runtime: {
      url: front.url,
      instances: () => runtime.instances(),
      async serve(app) {
        version += 1;
        await writeApp(dirOf(), app.files);
        await runtime.swap(dirOf());
      },
      async close() {
        await Promise.all([runtime.close(), builder.dispose()]);
      },
    },
  };
}

function configOf(options: LocalCloudOptions, provider: ProviderId) {
  return { ...defaultInstances[provider], ...options.instances?.[provider] };
}

interface SwitchedFront extends Front {
  switchTo(listener: RequestListener): void;
}

/** Takes the ports before anything is built: a port in use is known at once. */
async function openFronts(
  options: LocalCloudOptions,
  closing: (() => Promise<unknown> | void)[],
): Promise<ReadonlyMap<ProviderId, SwitchedFront>> {
  const fronts = new Map<ProviderId, SwitchedFront>();
  for (const provider of options.providers) {
    if (provider === 'azure') continue;
    let switchTo: (listener: RequestListener) => void = () => undefined;
    const listener = new Promise<RequestListener>((resolve) => {
      switchTo = resolve;
    });
    let current: RequestListener | undefined;
    void listener.then((value) => {
      current = value;
    });
    const front = await listen(
      options.ports[provider],
      `--port-${provider}`,
      (request, response) => {
        if (current !== undefined) return current(request, response);
        return void listener.then((value) => value(request, response));
      },
    );
    closing.push(() => front.close());
    fronts.set(provider, { ...front, switchTo });
  }
  return fronts;
}

/** A private folder with a short path: a Unix socket's path may have about a hundred bytes. */
async function socketDir(watchdog: Watchdog): Promise<string> {
  const base = tmpdir().length < 70 ? tmpdir() : '/tmp';
  const dir = await mkdtemp(path.join(base, 'tricloud-'));
  watchdog.guardFolder(dir);
  return dir;
}

/** Folders of runs that ended without removing them: their process is gone. */
async function removeAbandoned(cacheDir: string): Promise<void> {
  await mkdir(cacheDir, { recursive: true });
  for (const name of await readdir(cacheDir)) {
    const pid = /^run-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(path.join(cacheDir, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
