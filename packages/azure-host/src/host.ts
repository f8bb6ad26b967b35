import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { type Keys, openKeys } from './auth/keys.ts';
import { deferred, type Deferred } from './deferred.ts';
import { type IndexedFunction, indexFunctions } from './function-index.ts';
import type { Host, HostLogLine, HostOptions } from './host-types.ts';
import { createFront, type FrontState } from './http/front.ts';
import { closeServer, listen } from './http/loopback.ts';
import { createThrottle } from './http/throttle.ts';
import type { ScheduleStatus } from './timers/timer.ts';
import { messageOf } from './narrow.ts';
import { reportFunctions } from './report-functions.ts';
import { type AppSettings, readAppSettings } from './settings/app-settings.ts';
import { SettingsError } from './settings/settings-error.ts';
import { startTriggers } from './triggers.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';
import { startWorker, type Worker } from './worker-process.ts';

/** Thrown when an app cannot be loaded, so that none of its functions works. */
export class AppLoadError extends Error {
  override readonly name = 'AppLoadError';
}

/** In-flight requests of an old worker have this long to end after a restart. */
const drainMs = 5000;
/** What Azure's host gives `appTerminate` (WorkerConstants.cs). */
const terminateGraceMs = 5000;
/** An app that has not been loaded after a minute never will be. */
const loadMs = 60_000;
/** A worker that lives this long is taken to be healthy, and its end to be a new fault. */
const healthyMs = 10_000;
const longestBackoffMs = 10_000;
/** A standby is started when the start before it is over. */
const standbyDelayMs = 500;

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
  const lifecycle = createLifecycle({ ...options, appDir });
  const giveUp = (): void => void lifecycle.close();
  options.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    await lifecycle.start();
  } catch (error) {
    await lifecycle.close();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
  return lifecycle.host;
}

interface Lifecycle {
  readonly host: Host;
  start(): Promise<void>;
  close(): Promise<void>;
}

function createLifecycle(options: HostOptions): Lifecycle {
  const log = options.onLog ?? ((): void => {});
  const system = (level: HostLogLine['level'], message: string): void =>
    log({ level, category: 'system', message });
  const closing = new AbortController();
  const aborted = new Promise<void>((settle) => {
    closing.signal.addEventListener('abort', () => settle(), { once: true });
  });
  const keysFile =
    options.keysFile ??
    join(options.appDir, 'node_modules', '.cache', 'tricloud', 'azure-keys.json');
  let settings: AppSettings = readAppSettings(options.appDir, options.env ?? {});
  let port = options.port;
  let worker: Worker | undefined;
  let functions: readonly IndexedFunction[] = [];
  let httpUri: string | undefined;
  let customHeaders: readonly string[] = [];
  let gate: Deferred<void> | undefined = deferred<void>();
  let throttle = createThrottle(-1, -1);
  let isOffline = false;
  let keys: Keys | undefined;
  const timerStatus = new Map<string, ScheduleStatus>();
  let runningTriggers: (() => void) | undefined;
  const stopTriggers = (): void => {
    runningTriggers?.();
    runningTriggers = undefined;
  };
  let failures = 0;
  let retryTimer: NodeJS.Timeout | undefined;
  let restarting: Promise<void> = Promise.resolve();
  const retired = new Set<Promise<void>>();
  const isInspected = options.execArgv?.some((flag) => flag.startsWith('--inspect')) === true;
  let standby: { readonly worker: Worker; readonly settingsKey: string } | undefined;
  let standbyTimer: NodeJS.Timeout | undefined;

  let watchdog: Watchdog | undefined;
  const guard =
    options.guard ??
    ((pid: number): (() => void) => {
      watchdog ??= startWatchdog();
      return watchdog.guard(pid);
    });

  const readyWorker = (): Worker | undefined | Promise<Worker | undefined> =>
    gate === undefined ? worker : gate.promise.then(readyWorker);
  const state: FrontState = {
    options,
    log,
    isLogged: options.onLog !== undefined,
    readyWorker,
    signal: closing.signal,
    get settings() {
      return settings;
    },
    get port() {
      return port;
    },
    get functions() {
      return functions;
    },
    get httpUri() {
      return httpUri;
    },
    get customHeaders() {
      return customHeaders;
    },
    get cors() {
      return { origins: settings.local.corsOrigins, credentials: settings.local.corsCredentials };
    },
    get throttle() {
      return throttle;
    },
    get isOffline() {
      return isOffline;
    },
    timerStatus,
    setOffline: (wanted) => {
      isOffline = wanted;
    },
    isRunning: () => gate === undefined && worker !== undefined,
    keys: () => {
      keys ??= openKeys(keysFile);
      return keys;
    },
    abandon: (id, message) => worker?.abandon(id, message),
    restart: () => host.restart(),
  };
  const server = createServer({ maxHeaderSize: 32_768, requestTimeout: 0 }, createFront(state));
  // Kestrel's time; Node's own 5 s would break connections that clients keep.
  server.keepAliveTimeout = 130_000;

  const openGate = (): void => {
    gate?.resolve();
    gate = undefined;
  };
  const closeGate = (): void => {
    gate ??= deferred<void>();
  };

  const spawn = (): Worker => {
    const env = { ...settings.env, WEBSITE_HOSTNAME: `localhost:${port}` };
    const ready = takeStandby(JSON.stringify([env, settings.host.functionTimeoutMs]));
    if (ready === undefined) return spawnWorker(env, false);
    ready.begin();
    return ready;
  };

  /** The worker that stands by, if it was started with the same settings. */
  const takeStandby = (settingsKey: string): Worker | undefined => {
    clearTimeout(standbyTimer);
    const ready = standby;
    standby = undefined;
    if (ready === undefined || ready.worker.isGone) return undefined;
    if (ready.settingsKey === settingsKey) return ready.worker;
    retire(ready.worker);
    return undefined;
  };

  const standBy = (): void => {
    if (options.standby !== true || isInspected || standby?.worker.isGone === false) return;
    clearTimeout(standbyTimer);
    standbyTimer = setTimeout(() => {
      const env = { ...settings.env, WEBSITE_HOSTNAME: `localhost:${port}` };
      const settingsKey = JSON.stringify([env, settings.host.functionTimeoutMs]);
      standby = { worker: spawnWorker(env, true), settingsKey };
    }, standbyDelayMs);
  };

  const spawnWorker = (env: Readonly<Record<string, string>>, isStandby: boolean): Worker => {
    const startedAt = performance.now();
    const spawned = startWorker({
      appDir: options.appDir,
      isStandby,
      env,
      nodePath: options.nodePath,
      execArgv: options.execArgv ?? [],
      guard,
      functionTimeoutMs: settings.host.functionTimeoutMs,
      onLog: log,
      onTimeout: (id) =>
        system(
          'error',
          `Timeout value of ${(settings.host.functionTimeoutMs ?? 0) / 1000} s exceeded by invocation ${id}. The worker process is restarted.`,
        ),
      onExit: (code, signal) => {
        if (worker !== spawned) return;
        worker = undefined;
        if (closing.signal.aborted) return;
        // What dies of what it was asked to do is started anew at once; what dies by itself, ever later.
        const isHealthy = !spawned.isCold || performance.now() - startedAt > healthyMs;
        failures = isHealthy ? 0 : failures + 1;
        closeGate();
        stopTriggers();
        options.onWorkerExit?.({ code, signal });
        if (isStarted || options.startsWithoutApp === true) recover(code, signal);
      },
    });
    return spawned;
  };

  const recover = (code: number | null, signal: string | null): void => {
    const waitMs = failures === 0 ? 0 : Math.min(50 * 2 ** failures, longestBackoffMs);
    const how = signal === null ? `with code ${code}` : `by signal ${signal}`;
    system('error', `The worker process ended ${how}; it is started anew in ${waitMs} ms.`);
    // A worker that keeps dying answers with an error rather than not at all.
    if (failures > 3) openGate();
    retryTimer = setTimeout(() => {
      closeGate();
      void loadOrTell(spawn());
    }, waitMs);
  };

  const loadOrTell = async (next: Worker): Promise<void> => {
    try {
      await load(next);
    } catch (error) {
      // What a worker cannot load it tells itself, and its end is told, too.
      if ((await next.loaded).error === undefined) system('error', messageOf(error));
    }
  };

  /** Makes a worker the one that serves, once it has loaded the app. */
  const load = async (next: Worker): Promise<void> => {
    worker = next;
    const limit = setTimeout(() => {
      system('error', `The app was not loaded within ${loadMs / 1000} s; its worker is ended.`);
      void next.stop(0);
    }, loadMs);
    const loaded = await next.loaded;
    clearTimeout(limit);
    if (worker !== next) {
      if (loaded.error !== undefined) throw new AppLoadError(loaded.error);
      return;
    }
    try {
      if (loaded.error !== undefined) throw new AppLoadError(loaded.error);
      const indexed = indexFunctions(loaded, settings.host.routePrefix, settings.env);
      functions = indexed;
      httpUri = loaded.httpUri;
      customHeaders = [...settings.host.customHeaders].flat();
      throttle = createThrottle(
        settings.host.maxConcurrentRequests,
        settings.host.maxOutstandingRequests,
      );
    } catch (error) {
      functions = [];
      worker = undefined;
      retire(next);
      openGate();
      throw error instanceof AppLoadError
        ? error
        : new AppLoadError(messageOf(error), { cause: error });
    }
    openGate();
    reportFunctions(functions, system);
    runningTriggers = startTriggers(state);
    standBy();
  };

  const retire = (old: Worker): void => {
    const gone = Promise.race([old.drain(drainMs), aborted]).then(() => old.stop(terminateGraceMs));
    retired.add(gone);
    void gone.finally(() => retired.delete(gone));
  };

  const restartNow = async (): Promise<void> => {
    if (closing.signal.aborted) return;
    clearTimeout(retryTimer);
    closeGate();
    stopTriggers();
    const old = worker;
    worker = undefined;
    try {
      settings = readAppSettings(options.appDir, options.env ?? {});
    } catch (error) {
      if (old !== undefined) retire(old);
      functions = [];
      openGate();
      throw error;
    }
    for (const warning of settings.warnings) system('warning', warning);
    if (old !== undefined) retire(old);
    // Two processes cannot listen on one inspector port.
    if (isInspected) await Promise.all(retired);
    await load(spawn());
  };

  let isStarted = false;
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    clearTimeout(retryTimer);
    clearTimeout(standbyTimer);
    stopTriggers();
    if (standby !== undefined) retire(standby.worker);
    const old = worker;
    const stopped = closeServer(server);
    if (old !== undefined) {
      await old.drain(1000);
      // An app that is not loaded has nothing to end in good order, and may never listen.
      await old.stop(isStarted ? terminateGraceMs : 0);
    }
    openGate();
    await Promise.all(retired);
    watchdog?.close();
    server.closeAllConnections();
    await stopped;
  };

  const host: Host = {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    get port() {
      return port;
    },
    get functions() {
      return functions.map((indexed) => indexed.shown);
    },
    get workerPid() {
      return worker?.pid;
    },
    restart() {
      const next = restarting.then(restartNow);
      restarting = next.catch(() => {});
      return next;
    },
    close() {
      closed ??= close();
      return closed;
    },
  };

  return {
    host,
    close: () => host.close(),
    async start() {
      for (const warning of settings.warnings) system('warning', warning);
      if (options.enableAuth === true) {
        state.keys();
        system('information', `Keys are enforced; they stand in ${keysFile}.`);
      }
      const listening = listen(server, port);
      if (port === 0) port = await listening;
      const first = spawn();
      const loading = options.startsWithoutApp === true ? loadOrTell(first) : load(first);
      await Promise.allSettled([listening, loading]);
      await listening;
      await loading;
      options.signal?.throwIfAborted();
      isStarted = true;
    },
  };
}
