import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Exit } from '../processes/child.ts';
import type { ChildSource } from '../processes/child-source.ts';
import { sleep } from '../processes/deferred.ts';
import { childEnvironment } from '../processes/environment.ts';
import { watchMemory } from '../processes/memory-watch.ts';
import type { RuntimeOptions } from '../runtime.ts';
import { googleEnvironment } from './environment.ts';
import { parseGoogleLogLine } from './log-line.ts';

/** One Cloud Run instance: functions-framework in a process, behind a Unix socket. */
export interface GoogleInstance {
  readonly pid: number | undefined;
  readonly socketPath: string;
  /** Settles when the socket answers, with the reason when it never will. */
  readonly ready: Promise<string | undefined>;
  readonly exited: Promise<Exit>;
  /** Whether a request has been handed to it. */
  used: boolean;
  /** Requests that it is working on. */
  active: number;
  /** Called when it has answered all it was asked. */
  onIdle?: () => void;
  isResponsive(withinMs: number): Promise<boolean>;
  end(): Promise<void>;
  kill(): void;
}

/** What an instance is made of. */
export interface GoogleInstanceOptions extends Omit<RuntimeOptions, 'execArgv'> {
  readonly execArgv: readonly string[];
  readonly children: ChildSource;
}

/** How long Cloud Run waits for a container to listen. */
const startTimeoutMs = 240_000;

/** Starts functions-framework on the socket. */
export function startGoogleInstance(
  options: GoogleInstanceOptions,
  place: { readonly socketPath: string; readonly revision: number },
): GoogleInstance {
  const { socketPath, revision } = place;
  const child = options.children.start({
    execArgv: [
      '--enable-source-maps',
      `--max-old-space-size=${Math.max(64, Math.floor(options.memoryMiB * 0.9))}`,
      ...options.execArgv,
    ],
    env: childEnvironment(
      options.env,
      googleEnvironment({
        socketPath,
        source: options.appDir,
        memoryMiB: options.memoryMiB,
        timeoutMs: options.timeoutMs,
        revision,
      }),
    ),
    cwd: options.appDir,
    onLine(stream, line) {
      const parsed = parseGoogleLogLine(line);
      for (const text of parsed.lines) options.onLog(parsed.executionId, stream, text);
    },
  });
  let gone = false;
  const endWatch = watchMemory({
    pid: child.pid,
    memoryMiB: options.memoryMiB,
    onExceeded(residentMiB) {
      options.onLog(
        null,
        'stderr',
        `Memory limit of ${options.memoryMiB} MiB exceeded with ${residentMiB} MiB used.`,
      );
      child.kill();
    },
  });
  void child.exited.then(() => {
    gone = true;
    endWatch();
    return rm(socketPath, { force: true });
  });
  return {
    pid: child.pid,
    socketPath,
    ready: untilAnswering(socketPath, () => gone),
    exited: child.exited,
    used: false,
    active: 0,
    isResponsive: (withinMs) => child.isResponsive(withinMs),
    async end() {
      await child.end(10_000);
    },
    kill: () => child.kill(),
  };
}

/** The framework says nothing when it listens: the socket is tried until it answers. */
async function untilAnswering(
  socketPath: string,
  isGone: () => boolean,
): Promise<string | undefined> {
  for (const deadline = performance.now() + startTimeoutMs; performance.now() < deadline;) {
    if (isGone()) return 'The container exited before it listened on its port.';
    if (await answers(socketPath)) return undefined;
    await sleep(5);
  }
  return 'The container failed to listen on its port within the allowed time.';
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
