import { statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import {
  createLauncher,
  type Exit,
  type Instance,
  type Launcher,
  Pool,
  programBeside,
  type Readiness,
  startWatchdog,
  type Watchdog,
} from '@tricloud/supervisor';
import { type Keys, openKeys } from './auth/keys.ts';
import { type HostContext, logSystem, type RunningApp } from './host-context.ts';
import type { Host, HostFunction, HostLogLine, HostOptions } from './host-types.ts';
import { createFront } from './http/front.ts';
import { closeServer, listen } from './http/loopback.ts';
import { type LoadedApp, toLoadedApp } from './loaded-app.ts';
import { messageOf } from './narrow.ts';
import { reportFunctions } from './report-functions.ts';
import { type AppSettings, readAppSettings } from './settings/app-settings.ts';
import { SettingsError } from './settings/settings-error.ts';
import type { ScheduleStatus } from './timers/timer.ts';
import { startTriggers } from './triggers.ts';
import { startWorker, type Worker } from './worker-process.ts';

/** Thrown when an app cannot be loaded, so that none of its functions works. */
export class AppLoadError extends Error {
  override readonly name = 'AppLoadError';
}

/** Time for the requests that a worker has begun: at a restart, and when the host closes. */
const drainMs = 5000;
const closeDrainMs = 1000;
/** Time that Azure's host gives `appTerminate` (WorkerConstants.cs). */
const terminateGraceMs = 5000;
const loadTimeoutMs = 60_000;
/** Failed starts in a row after which requests are answered with an error instead of waiting. */
const patience = 3;

/**
 * Starts a host around an app of the Node v4 programming model. Rejects with `SettingsError` or
 * `AppLoadError` if the app cannot run at all, or with the error of `listen`; nothing is left behind then.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const appDir = resolve(options.appDir);
  if (statSync(appDir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new SettingsError(`${appDir} is not a folder; give the folder of a function app.`);
  }
  options.signal?.throwIfAborted();
  const settings = readAppSettings(appDir, options.env ?? {});
  const server = createServer({ maxHeaderSize: 32_768, requestTimeout: 0 });
  // Kestrel's time; Node's own 5 s would break connections that clients keep.
  server.keepAliveTimeout = 130_000;
  const listening = listen(server, options.port);
  const port = options.port === 0 ? await listening : options.port;
  const host = new FunctionsHost({ ...options, appDir }, settings, server, port);
  const giveUp = (): void => void host.close();
  options.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    await Promise.allSettled([listening, host.loaded()]);
    await listening;
    await host.loaded();
    options.signal?.throwIfAborted();
  } catch (error) {
    await host.close();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
  return host;
}

class FunctionsHost implements Host, HostContext {
  readonly options: HostOptions;
  readonly port: number;
  readonly pool: Pool<RunningApp>;
  readonly timerStatus = new Map<string, ScheduleStatus>();
  app: LoadedApp;
  isOffline = false;
  readonly #server: Server;
  readonly #launcher: Launcher;
  readonly #ownWatchdog: Watchdog | undefined;
  readonly #closing = new AbortController();
  readonly #keysFile: string;
  #keys: Keys | undefined;
  #isStarted = false;
  #restarting: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  constructor(options: HostOptions, settings: AppSettings, server: Server, port: number) {
    this.options = options;
    this.port = port;
    this.app = toLoadedApp(settings);
    this.#server = server;
    this.#keysFile =
      options.keysFile ??
      join(options.appDir, 'node_modules', '.cache', 'tricloud', 'azure-keys.json');
    const watchdog = options.watchdog ?? startWatchdog();
    this.#ownWatchdog = options.watchdog === undefined ? watchdog : undefined;
    const isInspected = options.execArgv?.some((flag) => flag.startsWith('--inspect')) === true;
    this.#launcher = createLauncher({
      entry: programBeside(import.meta.url, './worker.ts', './azure-worker.mjs'),
      nodePath: options.nodePath,
      serialization: 'advanced',
      watchdog,
      hasStandby: options.standby === true && !isInspected,
    });
    this.#warn(settings);
    this.pool = this.#createPool(isInspected);
    if (options.enableAuth === true) {
      this.keys();
      logSystem(this, 'information', `Keys are enforced; they are in ${this.#keysFile}.`);
    }
    server.on('request', createFront(this));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get functions(): readonly HostFunction[] {
    return this.app.functions.map((indexed) => indexed.shown);
  }

  get workerPid(): number | undefined {
    return this.pool.serving?.worker.pid;
  }

  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  readonly log = (line: HostLogLine): void => this.options.onLog?.(line);

  /** The keys, created on first use. */
  readonly keys = (): Keys => (this.#keys ??= openKeys(this.#keysFile));

  /** Resolves when the app is loaded, or `startsWithoutApp` and it is not. @throws {AppLoadError} */
  async loaded(): Promise<void> {
    const reason = await this.pool.ready;
    if (reason !== undefined && !this.#mayFailToLoad) throw new AppLoadError(reason);
    this.#isStarted = true;
  }

  restart(): Promise<void> {
    const next = this.#restarting.then(() => this.#restart());
    this.#restarting = next.catch(() => undefined);
    return next;
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  get #mayFailToLoad(): boolean {
    return this.#isStarted || this.options.startsWithoutApp === true;
  }

  #createPool(isInspected: boolean): Pool<RunningApp> {
    const seconds = loadTimeoutMs / 1000;
    const slow = `The app was not loaded within ${seconds} s; its worker is ended.`;
    return new Pool({
      max: 1,
      concurrency: Infinity,
      start: () => this.#startInstance(),
      startTimeoutMs: loadTimeoutMs,
      onStartTimeout: () => logSystem(this, 'error', slow),
      patience,
      // Two processes cannot listen on one inspector port.
      handover: isInspected ? 'when-gone' : 'at-once',
      drainMs,
      closeDrainMs,
      onServing: ({ app }) => {
        this.app = app;
        reportFunctions(app.functions, (level, message) => logSystem(this, level, message));
        return startTriggers(this);
      },
      onExit: (exit, restartMs) => this.#onExit(exit, restartMs),
    });
  }

  #startInstance(): Instance<RunningApp> {
    const { settings } = this.app;
    const { options } = this;
    const worker = startWorker({
      launcher: this.#launcher,
      appDir: options.appDir,
      env: { ...settings.env, WEBSITE_HOSTNAME: `localhost:${this.port}` },
      execArgv: options.execArgv ?? [],
      functionTimeoutMs: settings.host.functionTimeoutMs,
      memoryMiB: options.memoryMiB,
      onLog: this.log,
    });
    return {
      ready: this.#load(worker, settings),
      exited: worker.exited,
      end: () => worker.stop(terminateGraceMs),
      kill: () => worker.kill(),
    };
  }

  /** An app that its worker cannot load stays so until a restart; a worker that dies meanwhile is tried again. */
  async #load(worker: Worker, settings: AppSettings): Promise<Readiness<RunningApp>> {
    const loaded = await worker.loaded;
    if (loaded.error !== undefined) {
      const isFinal = !worker.isGone || !this.#mayFailToLoad;
      if (!worker.isGone) this.app = toLoadedApp(settings);
      return { isReady: false, reason: loaded.error, isFinal };
    }
    try {
      return { isReady: true, service: { app: toLoadedApp(settings, loaded), worker } };
    } catch (error) {
      this.app = toLoadedApp(settings);
      if (this.#mayFailToLoad) logSystem(this, 'error', messageOf(error));
      return { isReady: false, reason: messageOf(error), isFinal: true };
    }
  }

  #onExit(exit: Exit, restartMs: number | undefined): void {
    this.options.onWorkerExit?.(exit, restartMs);
    if (!this.#mayFailToLoad) return;
    const how = exit.signal === null ? `with code ${exit.code}` : `by signal ${exit.signal}`;
    const when = restartMs === undefined ? 'on the next request' : `in ${restartMs} ms`;
    const message = `The worker process ended ${how}; it is restarted ${when}.`;
    logSystem(this, 'error', message);
  }

  async #restart(): Promise<void> {
    if (this.signal.aborted) return;
    const { functions } = this.app;
    try {
      const settings = readAppSettings(this.options.appDir, this.options.env ?? {});
      this.#warn(settings);
      this.app = { ...toLoadedApp(settings), functions };
    } catch (error) {
      this.app = toLoadedApp(this.app.settings);
      this.pool.refuse(messageOf(error));
      throw error;
    }
    const reason = await this.pool.swap(() => this.#startInstance());
    if (reason !== undefined) throw new AppLoadError(reason);
  }

  #warn(settings: AppSettings): void {
    for (const warning of settings.warnings) logSystem(this, 'warning', warning);
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    const stopped = closeServer(this.#server);
    await Promise.all([this.pool.close(), this.#launcher.close()]);
    this.#ownWatchdog?.close();
    this.#server.closeAllConnections();
    await stopped;
  }
}
