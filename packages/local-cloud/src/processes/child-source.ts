import { type Child, startChild } from './child.ts';
import { sleep } from './deferred.ts';
import type { Watchdog } from '@tricloud/azure-host';

/** What one process is started for. */
export interface ChildRun {
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly onLine: (stream: 'stdout' | 'stderr', line: string) => void;
}

/** Starts processes of one program. */
export interface ChildSource {
  start(run: ChildRun): Child;
  close(): Promise<void>;
}

/** What all processes of the source have in common. */
export interface ChildSourceOptions {
  readonly entry: URL | string;
  readonly args: readonly string[];
  readonly nodePath: string;
  readonly watchdog: Watchdog;
  /** Keeps one process ready, its program loaded and its function not: a reload then costs the function alone. */
  readonly hasStandby: boolean;
}

/** The variable by which a process knows that it is to wait for the rest of its environment. */
const standbyVariable = 'TRICLOUD_STANDBY';

interface Standby {
  readonly child: Child;
  readonly execArgv: string;
  onLine: ChildRun['onLine'];
  isGone: boolean;
}

/** Starts processes at once, or from the one that stands by. */
export function createChildSource(options: ChildSourceOptions): ChildSource {
  const { entry, args, nodePath, watchdog, hasStandby } = options;
  let standby: Standby | undefined;
  let isClosed = false;

  const prepare = (run: ChildRun) => {
    if (isClosed || !hasStandby || standby !== undefined) return;
    const next: Standby = {
      child: startChild({
        entry,
        args,
        nodePath,
        watchdog,
        execArgv: run.execArgv,
        env: { ...run.env, [standbyVariable]: '1' },
        // The folder of a version may go while the process waits.
        cwd: '/',
        onLine: (stream, line) => next.onLine(stream, line),
      }),
      execArgv: run.execArgv.join(' '),
      onLine: () => undefined,
      isGone: false,
    };
    standby = next;
    void next.child.exited.then(() => {
      next.isGone = true;
      if (standby === next) standby = undefined;
      return undefined;
    });
  };

  return {
    start(run) {
      const ready = standby;
      // Not now: what is started now shall have the machine for itself.
      if (hasStandby) void sleep(replenishMs).then(() => prepare(run));
      if (ready === undefined || ready.isGone || ready.execArgv !== run.execArgv.join(' ')) {
        return startChild({ ...run, entry, args, nodePath, watchdog });
      }
      standby = undefined;
      ready.onLine = run.onLine;
      ready.child.send({ env: run.env, cwd: run.cwd });
      return ready.child;
    },
    async close() {
      isClosed = true;
      standby?.child.kill();
      await standby?.child.exited;
    },
  };
}

const replenishMs = 500;
