import { DeployError } from '../engine/errors.ts';
import { redactor } from '../engine/redact.ts';
import { isApiError } from './api-error.ts';
import { command } from './command.ts';
import { failureOf, type Operation, progressOf } from './operation.ts';
import type { Session } from './session.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 10_000;
/** A build ends within ten minutes or so; whatever takes longer than this is not waited for. */
const longestMs = 30 * 60_000;

/**
 * Waits for an operation's end; interrupted, it goes on without us: Google’s API has no way to stop it.
 *
 * @returns the operation as it ended, failed or not.
 */
export async function waitFor(
  { functions, pace, context, target }: Session,
  started: Operation,
  onProgress: (progress: string) => void,
): Promise<Operation> {
  const since = pace.now();
  let told = '';
  let operation = started;
  for (
    let pauseMs = firstPauseMs;
    !operation.isDone;
    pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)
  ) {
    const progress = progressOf(operation);
    if (progress !== '' && progress !== told) onProgress(progress);
    told = progress;
    if (pace.now() - since >= longestMs) {
      throw new DeployError(
        'google',
        `Google is still at it after ${longestMs / 60_000} minutes${told === '' ? '' : ` (${told})`}`,
        { hint: command('status', target) },
      );
    }
    await pace.wait(pauseMs, context.signal);
    operation = await functions.operation(operation.name);
  }
  return operation;
}

/** What an operation's failure means, told with what is left of it. */
export function operationFailed(
  { target, context }: Session,
  operation: Operation,
  options: {
    readonly leftBehind: readonly string[];
    readonly hint?: string;
    readonly note?: string;
  },
): unknown {
  const message = [failureOf(operation), ...(options.note === undefined ? [] : [options.note])];
  const code = operation.error?.code ?? 'UNKNOWN';
  // These are told as the answers to a call are: another deployment, a permission.
  if (isApiError(operation.error, 'ALREADY_EXISTS', 'ABORTED', 'PERMISSION_DENIED'))
    return operation.error;
  const redact = redactor(context.env, target.environment);
  return new DeployError('google', redact(`${code}: ${message.join('\n')}`), {
    leftBehind: options.leftBehind,
    hint: options.hint ?? command('deploy', target),
  });
}
