import type { DeployContext, Env } from './deploy-context.ts';
import type { DeployCommand } from './next-command.ts';
import { type Redact, redactor } from './redact.ts';
import type { Target } from './target.ts';
import type { Timing } from './timing.ts';

/** Reports how far a step is. */
export type ReportProgress = (detail: string) => void;

/** One command on one cloud while it runs: its target, its steps, and what it has created so far. */
export interface Run {
  readonly command: DeployCommand;
  readonly target: Target;
  readonly env: Env;
  readonly signal: AbortSignal;
  readonly timing: Timing;
  readonly redact: Redact;
  /** Command line that follows this one, on the same target. */
  readonly nextCommand: (command: DeployCommand) => string;
  /** Reports a step before, while and after it runs. */
  step<T>(name: string, action: (progress: ReportProgress) => Promise<T>): Promise<T>;
  /** Reports a step that is not needed. */
  skip(name: string, why: string): void;
  /** Notes a resource that this run created: a failure names it. */
  track(resource: string): void;
  /** Notes that a resource is removed again. */
  untrack(resource: string): void;
  /** Notes what the provider continues with after an interruption; null when it is done. */
  setInProgress(what: string | null): void;
  /** Notes that a deployment of before is in use: no failure proposes to remove it. */
  setInUse(): void;
  /** Notes that changes begin: a failure before them leaves nothing behind. */
  setChanging(): void;
  /** What is known at this moment. */
  readonly progress: Readonly<Progress>;
}

export interface Progress {
  /** Name of the step that runs, or of the last one; null before the first. */
  step: string | null;
  /** Resources that this run created and that are still there. */
  created: readonly string[];
  inProgress: string | null;
  isInUse: boolean;
  isChanging: boolean;
}

/** Starts a run; nothing is sent. */
export function startRun(
  command: DeployCommand,
  target: Target,
  context: DeployContext,
  timing: Timing,
): Run {
  const { env, signal, onStep, nextCommand } = context;
  const progress: Progress = {
    step: null,
    created: [],
    inProgress: null,
    isInUse: false,
    isChanging: false,
  };
  return {
    command,
    target,
    env,
    signal,
    timing,
    redact: redactor(env, target.environment),
    nextCommand: (next) => nextCommand(next, target),
    progress,
    async step(name, action) {
      progress.step = name;
      signal.throwIfAborted();
      onStep({ name, state: 'started' });
      const result = await action((detail) => onStep({ name, state: 'progress', detail }));
      onStep({ name, state: 'done' });
      return result;
    },
    skip: (name, why) => onStep({ name, state: 'skipped', detail: why }),
    track(resource) {
      progress.created = [...progress.created, resource];
    },
    untrack(resource) {
      progress.created = progress.created.filter((each) => each !== resource);
    },
    setInUse() {
      progress.isInUse = true;
    },
    setChanging() {
      progress.isChanging = true;
    },
    setInProgress(what) {
      progress.inProgress = what;
    },
  };
}
