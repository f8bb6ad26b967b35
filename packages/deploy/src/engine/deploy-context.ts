import type { NextCommand } from './next-command.ts';
import type { OnStep } from './step.ts';

/** Variables of the shell. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where a command runs: everything that is not the target itself. */
export interface DeployContext {
  readonly env: Env;
  readonly onStep: OnStep;
  /** Aborted by Ctrl-C: what runs stops as soon as the provider allows it, and reports what is left. */
  readonly signal: AbortSignal;
  readonly nextCommand: NextCommand;
}
