import { type Child, type ChildOptions, startChild } from './child.ts';
import { sleep } from './deferred.ts';

/** The arguments of one process of a program. */
export type Launch = Pick<ChildOptions, 'execArgv' | 'env' | 'cwd' | 'onLine' | 'onMessage'>;

/** Options common to all processes of a program. */
export interface LauncherOptions extends Pick<
  ChildOptions,
  'entry' | 'args' | 'nodePath' | 'serialization' | 'watchdog'
> {
  /** Keeps one process that has loaded the program but no function, so that a reload costs the function alone. */
  readonly hasStandby: boolean;
}

/** Starts the processes of one program. */
export interface Launcher {
  start(launch: Launch): Child;
  close(): Promise<void>;
}

/** The variable that tells a process to wait for its assignment (`awaitAssignment`). */
const standbyVariable = 'TRICLOUD_STANDBY';
/** A stand-by process starts when the start before it is likely over, which has the machine for itself until then. */
const replenishMs = 500;

interface Standby {
  readonly child: Child;
  /** The flags of Node, which cannot change once a process runs. */
  readonly fixed: string;
  /** Its assignment; none while it stands by. */
  launch: Launch | undefined;
}

/** Starts processes of a program, from the stand-by process where there is one that fits. */
export function createLauncher(options: LauncherOptions): Launcher {
  const { hasStandby, ...program } = options;
  let standby: Standby | undefined;
  let isClosed = false;

  const prepare = (launch: Launch) => {
    if (isClosed || standby !== undefined) return;
    const next = startStandby(program, launch);
    standby = next;
    void next.child.exited.then(() => {
      if (standby === next) standby = undefined;
      return undefined;
    });
  };

  return {
    start(launch) {
      const ready = standby;
      if (hasStandby) void sleep(replenishMs).then(() => prepare(launch));
      if (ready?.fixed !== fixedOf(launch)) {
        ready?.child.kill();
        return startChild({ ...program, ...launch });
      }
      standby = undefined;
      ready.launch = launch;
      ready.child.send({ env: launch.env, cwd: launch.cwd });
      return ready.child;
    },
    async close() {
      isClosed = true;
      standby?.child.kill();
      await standby?.child.exited;
    },
  };
}

function startStandby(program: Omit<LauncherOptions, 'hasStandby'>, launch: Launch): Standby {
  const standby: Standby = {
    child: startChild({
      ...program,
      execArgv: launch.execArgv,
      env: { ...launch.env, [standbyVariable]: '1' },
      // The folder of a version may be removed while the process waits.
      cwd: '/',
      onLine: (stream, line) => standby.launch?.onLine(stream, line),
      onMessage: (message) => standby.launch?.onMessage?.(message),
    }),
    fixed: fixedOf(launch),
    launch: undefined,
  };
  return standby;
}

function fixedOf({ execArgv, env }: Launch): string {
  return [...execArgv, env['NODE_OPTIONS'] ?? ''].join(' ');
}
