import type { ProviderId } from '@tricloud/core';
import {
  CredentialsError,
  DeployError,
  DeploymentInProgressError,
  InterruptedError,
} from './errors.ts';
import type { Failure } from './failure.ts';
import type { DeployCommand } from './next-command.ts';
import { OperationTimeoutError } from './poll.ts';
import type { Run } from './run.ts';

/** What is known where something fails. */
export interface ErrorContext {
  readonly cloud: ProviderId;
  readonly run: Run;
  readonly readFailure: (error: unknown, run: Run) => Failure;
  /** What a failed change left, by name. */
  readonly leftBehind: () => Promise<readonly string[]>;
}

/** What a command does before its first step, as in `could not read the log`. */
const activities: Readonly<Record<DeployCommand, string>> = {
  plan: 'read what is deployed',
  deploy: 'deploy',
  status: 'read the status',
  logs: 'read the log',
  rollback: 'roll back',
  remove: 'remove the deployment',
  doctor: 'check the prerequisites',
};

/** Any error as one that says what failed, what is left, and what to type next. */
export async function describeError(thrown: unknown, context: ErrorContext): Promise<DeployError> {
  const { cloud, run } = context;
  if (thrown instanceof DeployError && thrown.hint !== null) return thrown;
  const leftBehind = await context.leftBehind();
  const options = { leftBehind, cause: thrown, ...nextCommands(run, leftBehind) };
  if (thrown instanceof DeployError) {
    return new DeployError(cloud, run.redact(thrown.message), options);
  }
  const doing = run.progress.step ?? activities[run.command];
  if (run.signal.aborted) {
    const more = run.progress.inProgress === null ? '' : `; ${run.progress.inProgress}`;
    return new InterruptedError(cloud, `interrupted: could not ${doing}${more}`, options);
  }
  if (thrown instanceof OperationTimeoutError) {
    const hint = run.nextCommand('status');
    return new DeployError(cloud, `could not ${doing}: ${thrown.message}`, { ...options, hint });
  }
  const { kind, message, fix } = context.readFailure(thrown, run);
  const { type: ErrorOfKind, next } = kinds[kind];
  const hint = fix ?? (next === null ? options.hint : run.nextCommand(next));
  const described = run.redact(`could not ${doing}: ${message}`);
  return new ErrorOfKind(cloud, described, { ...options, hint });
}

/** The error of each kind of failure, and the command that follows; null retries. */
const kinds = {
  credentials: { type: CredentialsError, next: 'doctor' },
  'in progress': { type: DeploymentInProgressError, next: 'status' },
  other: { type: DeployError, next: null },
} as const;

/** The command that retries or resumes, and the one that removes what a first deployment left. */
function nextCommands(
  { command, nextCommand, progress }: Run,
  leftBehind: readonly string[],
): { readonly hint: string; readonly cleanUp?: string } {
  const hint = nextCommand(command);
  const isFirst = command === 'deploy' && leftBehind.length > 0 && !progress.isInUse;
  return isFirst ? { hint, cleanUp: nextCommand('remove') } : { hint };
}
