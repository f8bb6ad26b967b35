import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import {
  type Child,
  type Instance,
  type Launcher,
  type Readiness,
  sleep,
  watchMemory,
} from '@tricloud/supervisor';
import { childEnvironment } from '../environment.ts';
import type { RuntimeOptions } from '../runtime.ts';
import { googleEnvironment } from './environment.ts';
import { parseGoogleLogLine } from './log-line.ts';

/** A Cloud Run instance that listens: functions-framework in a process, behind a Unix socket. */
export interface Container extends Pick<Child, 'exited' | 'isResponsive' | 'kill'> {
  readonly socketPath: string;
}

/** Options of an instance. */
export interface InstanceOptions extends Omit<RuntimeOptions, 'execArgv'> {
  readonly launcher: Launcher;
  readonly execArgv: readonly string[];
  readonly socketPath: string;
  readonly revision: number;
}

/** Time that Cloud Run gives a container between SIGTERM and SIGKILL. */
const endGraceMs = 10_000;

/** Starts functions-framework on the socket. */
export function startInstance(options: InstanceOptions): Instance<Container> {
  const { socketPath, memoryMiB } = options;
  const child = options.launcher.start({
    execArgv: [
      '--enable-source-maps',
      `--max-old-space-size=${Math.max(64, Math.floor(memoryMiB * 0.9))}`,
      ...options.execArgv,
    ],
    env: childEnvironment(options.env, googleEnvironment(options)),
    cwd: options.appDir,
    onLine(stream, line) {
      const parsed = parseGoogleLogLine(line);
      for (const text of parsed.lines) options.onLog(parsed.executionId, stream, text);
    },
  });
  watchMemory(child, memoryMiB, (residentMiB) => {
    const error = `Memory limit of ${memoryMiB} MiB exceeded with ${residentMiB} MiB used.`;
    options.onLog(null, 'stderr', error);
  });
  void child.exited.then(() => rm(socketPath, { force: true }));
  return {
    ready: untilListening({ ...child, socketPath }),
    exited: child.exited,
    end: () => child.end(endGraceMs),
    kill: () => child.kill(),
  };
}

/** The framework says nothing when it listens: the socket is tried until it accepts a connection. */
async function untilListening(container: Container): Promise<Readiness<Container>> {
  const exited = container.exited.then(() => 'exited' as const);
  for (;;) {
    if (await accepts(container.socketPath)) return { isReady: true, service: container };
    if ((await Promise.race([exited, sleep(retryMs)])) === 'exited') {
      const reason = 'The container exited before it listened on its port.';
      return { isReady: false, reason };
    }
  }
}

const retryMs = 5;

function accepts(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
