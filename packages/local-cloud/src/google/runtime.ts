import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { createLauncher, Pool, programBeside, sleep } from '@tricloud/supervisor';
import { describeArrival, type Runtime, type RuntimeOptions, runtimeOf } from '../runtime.ts';
import { forward, type Forwarded, refuseUnavailable } from './forward.ts';
import { type Container, startInstance } from './instance.ts';

/** Options of the Google runtime in addition to those of every runtime. */
export interface GoogleOptions extends RuntimeOptions {
  /** A private folder with a short path: a Unix socket's path may have about a hundred bytes. */
  readonly socketDir: string;
}

/**
 * Requests in the instance at a time. Cloud Run lets up to 1,000 into one, but the framework's socket has Node's
 * backlog of 511, and a Unix socket refuses the connection after it.
 */
const concurrency = 500;

/** Time that Cloud Run gives a container to listen. */
const startTimeoutMs = 240_000;
/** Time for the exit of a process after its connections broke: its memory is freed in between. */
const exitGraceMs = 1000;
/** Time that an event loop may be busy after a request timed out. */
const responsiveWithinMs = 1000;
/** When a refused connection is tried again. */
const retryMs = 20;

/** Google: Cloud Run's front before one instance of functions-framework, which takes many requests at a time. */
export function startGoogle(options: GoogleOptions): Runtime {
  const launcher = createLauncher({
    entry: programBeside(import.meta.url, './child.ts', './google-child.mjs'),
    nodePath: options.nodePath,
    watchdog: options.watchdog,
    hasStandby: options.hasStandby,
  });
  let revision = 0;
  const startOf = (appDir: string) => () => {
    revision += 1;
    const execArgv = options.execArgv(revision);
    const socketPath = path.join(options.socketDir, `g${revision}`);
    return startInstance({ ...options, launcher, appDir, execArgv, socketPath, revision });
  };
  const pool = new Pool({
    max: 1,
    concurrency,
    start: startOf(options.appDir),
    startTimeoutMs,
    patience: 0,
    handover: 'when-ready',
    onExit: options.onExit,
  });
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    serve({ request, response, options, pool }).catch((error: unknown) => {
      options.onLog(null, 'stderr', `Google's front failed: ${String(error)}`);
      response.destroy();
    });
  };
  return runtimeOf(pool, launcher, { listener, startOf });
}

/** A request in the front. */
interface FrontRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly options: GoogleOptions;
  readonly pool: Pool<Container>;
}

/** The end of a request, with its times. */
interface Served extends Omit<Forwarded, 'isLate'> {
  readonly coldStart: boolean;
  readonly durationMs: number;
}

async function serve(front: FrontRequest): Promise<void> {
  const { memoryMiB, onRecord } = front.options;
  const id = toExecutionId();
  const arrival = describeArrival(front.request);
  onRecord({ ...arrival, id, memoryMiB, ...(await serveInInstance(front, id)) });
}

/** A request that a dead instance has not taken goes to the next one. */
async function serveInInstance(front: FrontRequest, executionId: string): Promise<Served> {
  const { request, response, options, pool } = front;
  const arrivedAt = performance.now();
  for (;;) {
    const place = await pool.acquire();
    const startedAt = performance.now();
    if (!place.isGranted) {
      return { ...refuseUnavailable(response, place.reason), coldStart: false, durationMs: 0 };
    }
    const { service: container, isCold: coldStart } = place;
    const forwarded = await forward(request, response, {
      socketPath: container.socketPath,
      executionId,
      timeoutMs: options.timeoutMs,
      untilExited: () => Promise.race([container.exited, sleep(exitGraceMs)]),
    });
    place.release(forwarded !== undefined && forwarded.error === undefined);
    if (forwarded === undefined) {
      // A full backlog refuses connections, too.
      await Promise.race([container.exited, sleep(retryMs)]);
      continue;
    }
    const { isLate, ...served } = forwarded;
    if (isLate === true) void endIfBlocked(container, options);
    const durationMs = performance.now() - (coldStart ? arrivedAt : startedAt);
    return { ...served, coldStart, durationMs };
  }
}

/** Cloud Run would serve the next request by another instance; here there is one. */
async function endIfBlocked(container: Container, options: GoogleOptions): Promise<void> {
  if (await container.isResponsive(responsiveWithinMs)) return;
  options.onLog(null, 'stderr', 'The event loop of the instance is blocked; it is ended.');
  container.kill();
}

/** Twelve characters, as Google's own execution ids have. */
function toExecutionId(): string {
  return randomBytes(16).toString('base64url').toLowerCase().replaceAll(/[-_]/g, '').slice(0, 12);
}
