import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { healthyMs, restartDelayMs } from '../processes/backoff.ts';
import { createChildSource } from '../processes/child-source.ts';
import { sleep } from '../processes/deferred.ts';
import type { Runtime, RuntimeOptions } from '../runtime.ts';
import { forward, refuseUnavailable } from './forward.ts';
import { createGate } from './gate.ts';
import { type GoogleInstance, startGoogleInstance } from './instance.ts';

/** What the Google runtime is given besides what every runtime is given. */
export interface GoogleOptions extends RuntimeOptions {
  /** A private folder with a short path: a Unix socket's path may have about a hundred bytes. */
  readonly socketDir: string;
}

/**
 * Requests in the instance at a time. Cloud Run lets up to 1,000 into one, but the framework's socket has Node's
 * backlog of 511, and a Unix socket refuses the connection after it.
 */
const concurrency = 500;

/** How long a process may take to be seen gone once its connections are: its memory is freed in between. */
const graceMs = 1000;
/** How long an event loop may be busy after a request ran into its time-out. */
const responseMs = 1000;
/** When a connection that was refused is tried again. */
const retryMs = 20;

type Settled = { readonly instance: GoogleInstance } | { readonly failure: string };

/** Google: Cloud Run's front before one instance of functions-framework, which takes many requests at a time. */
export function startGoogle(options: GoogleOptions): Runtime {
  const alive = new Set<GoogleInstance>();
  const gate = createGate(concurrency);
  const children = createChildSource({
    entry: googleChild,
    args: [],
    nodePath: options.nodePath,
    watchdog: options.watchdog,
    hasStandby: options.hasStandby,
  });
  let revision = 0;
  let failures = 0;
  let isClosed = false;
  let { appDir } = options;

  const start = () => {
    revision += 1;
    const instance = startGoogleInstance(
      { ...options, appDir, children, execArgv: options.execArgv(revision) },
      { socketPath: path.join(options.socketDir, `g${revision}`), revision },
    );
    alive.add(instance);
    void instance.exited.then(() => alive.delete(instance));
    return instance;
  };

  /** Whoever serves now, and a promise of it, so that requests wait while it comes up. */
  let serving = start();
  let current = settle(serving);
  const ready = current.then((first) => ('failure' in first ? first.failure : undefined));

  const supervise = async (instance: GoogleInstance) => {
    const isUp = (await instance.ready) === undefined;
    const upAt = performance.now();
    const exit = await instance.exited;
    if (isClosed || instance !== serving) return;
    if (isUp && performance.now() - upAt > healthyMs) failures = 0;
    failures += 1;
    options.onExit(exit);
    current = replace(instance);
  };

  const replace = async (instance: GoogleInstance): Promise<Settled> => {
    const delay = restartDelayMs(failures);
    if (delay > 0) await sleep(delay);
    if (isClosed) return { failure: 'The local cloud is closed.' };
    if (instance !== serving) return current;
    serving = start();
    void supervise(serving);
    return settle(serving);
  };
  void supervise(serving);

  /** Cloud Run would serve the next request by another instance; here there is one. */
  const replaceIfBlocked = async (instance: GoogleInstance) => {
    if (instance !== serving || (await instance.isResponsive(responseMs))) return;
    options.onLog(null, 'stderr', 'The event loop of the instance is blocked: it is ended.');
    instance.kill();
  };

  /** To whoever serves; to the next one when that one is dead already and has taken nothing. */
  const pass = async (request: IncomingMessage, response: ServerResponse, id: string) => {
    for (;;) {
      const settled = await current;
      const startedAt = performance.now();
      if ('failure' in settled) {
        return { ended: refuseUnavailable(response, settled.failure), coldStart: false, startedAt };
      }
      const { instance } = settled;
      const coldStart = !instance.used;
      const ended = await inside(instance, () =>
        forward(request, response, {
          socketPath: instance.socketPath,
          executionId: id,
          timeoutMs: options.timeoutMs,
          untilSeenGone: () => Promise.race([instance.exited, sleep(graceMs)]),
        }),
      );
      if (ended !== undefined && ended.error === undefined) failures = 0;
      if (ended?.isLate === true) void replaceIfBlocked(instance);
      if (ended !== undefined) return { ended, coldStart, startedAt };
      // A full backlog refuses connections too: then it is tried again in a moment.
      await Promise.race([instance.exited, sleep(retryMs)]);
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const at = new Date();
    const arrived = performance.now();
    const id = toExecutionId();
    await gate.enter();
    const { ended, coldStart, startedAt } = await pass(request, response, id);
    gate.leave();
    const { isLate: _isLate, ...forwarded } = ended;
    options.onRecord({
      at: at.toISOString(),
      id,
      method: request.method ?? '',
      path: (request.url ?? '').split('?')[0] ?? '',
      coldStart,
      durationMs: performance.now() - (coldStart ? arrived : startedAt),
      memoryMiB: options.memoryMiB,
      ...forwarded,
    });
  };

  return {
    listener(request, response) {
      serve(request, response).catch((error: unknown) => {
        options.onLog(null, 'stderr', `Google's front failed: ${String(error)}`);
        response.destroy();
      });
    },
    ready,
    async swap(nextDir) {
      appDir = nextDir;
      const next = start();
      const settled = await settle(next);
      if (isClosed) return;
      const old = serving;
      serving = next;
      current = Promise.resolve(settled);
      void supervise(next);
      void drain(old);
    },
    instances: () => alive.size,
    async close() {
      isClosed = true;
      const all = [...alive];
      for (const instance of all) instance.kill();
      await Promise.all([...all.map((instance) => instance.exited), children.close()]);
    },
  };
}

const googleChild = new URL(
  import.meta.url.endsWith('.ts') ? './google-child.ts' : './google-child.mjs',
  import.meta.url,
);

async function settle(instance: GoogleInstance): Promise<Settled> {
  const failure = await instance.ready;
  if (failure === undefined) return { instance };
  instance.kill();
  return { failure };
}

async function inside<T>(instance: GoogleInstance, work: () => Promise<T>): Promise<T> {
  instance.used = true;
  instance.active += 1;
  try {
    return await work();
  } finally {
    instance.active -= 1;
    if (instance.active === 0) instance.onIdle?.();
  }
}

/** An old revision ends when it has answered what it was asked. */
async function drain(instance: GoogleInstance): Promise<void> {
  if (instance.active > 0) {
    await new Promise<void>((resolve) => {
      instance.onIdle = resolve;
      void instance.exited.then(() => resolve());
    });
  }
  await instance.end();
}

/** Twelve characters, as Google's own execution ids have. */
function toExecutionId(): string {
  return randomBytes(16).toString('base64url').toLowerCase().replaceAll(/[-_]/g, '').slice(0, 12);
}
