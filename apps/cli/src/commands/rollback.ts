import type { Action } from '../command-line/action.ts';
import type { deployments } from '../declarations/deployments.ts';
import { isConfirmed, requireTerminal } from '../deploy/confirm.ts';
import { exitCodeOf, forEachCloud } from '../deploy/for-each-cloud.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { locked } from '../deploy/lock.ts';
import { asCommandError, printLines } from '../deploy/output.ts';
import { type Prepared, prepare } from '../deploy/prepare.ts';

/** `tricloud rollback`: restores the previous deployment package. */
export const rollback: Action<typeof deployments.rollback> = async (request, home) => {
  const prepared = await prepare(request);
  const { targets, redact, contextFor } = prepared;
  if (!request.values.yes) requireTerminal(request, redact);
  return interruptible(async (signal) => {
    if (!request.values.yes) {
      printLines(await changeLines(prepared, signal), redact);
      if (!(await isConfirmed('Restore the previous one?'))) {
        printLines(['nothing was changed'], redact);
        return 1;
      }
    }
    const outcomes = await forEachCloud(targets, redact, ({ cloud, target }, onStep) =>
      locked(target, home, () => cloud.rollback(target, contextFor({ onStep, signal }))),
    );
    const lines = outcomes.flatMap(({ cloud, result }) =>
      result === undefined
        ? []
        : [`${cloud.id}: rolled back${result.url === null ? '' : `: ${result.url}`}`],
    );
    printLines(lines, redact);
    return exitCodeOf(outcomes);
  });
};

async function changeLines(
  { targets, redact, contextFor }: Prepared,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    return await Promise.all(
      targets.map(async ({ cloud, target }) => {
        const { packageSha256: now, previousPackageSha256: previous } = await cloud.status(
          target,
          contextFor({ signal }),
        );
        return `${cloud.id}: deployment package ${now ?? '(unknown)'} -> ${previous ?? '(the previous one)'}`;
      }),
    );
  } catch (error) {
    throw asCommandError(error, redact);
  }
}
