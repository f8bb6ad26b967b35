import type { Action } from '../command-line/action.ts';
import type { deployments } from '../declarations/deployments.ts';
import { isConfirmed, requireTerminal } from '../deploy/confirm.ts';
import { exitCodeOf, forEachCloud } from '../deploy/for-each-cloud.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { locked } from '../deploy/lock.ts';
import { printLines } from '../deploy/output.ts';
import { prepare } from '../deploy/prepare.ts';
import { titleOf } from '../deploy/targets.ts';

/** `tricloud remove`: lists everything that it is about to remove, asks, and removes it. */
export const remove: Action<typeof deployments.remove> = async (request, home) => {
  const { targets, redact, contextFor } = await prepare(request);
  if (!request.values.yes) requireTerminal(request, redact);
  return interruptible(async (signal) => {
    const found = await forEachCloud(targets, redact, ({ cloud, target }) =>
      cloud.removals(target, contextFor({ signal })),
    );
    printLines(
      found.flatMap(({ target, result }) =>
        result === undefined ? [] : removalLines(titleOf(target), result),
      ),
      redact,
    );
    const toRemove = found.filter(({ result = [] }) => result.length > 0);
    if (toRemove.length === 0) return exitCodeOf(found);
    if (!request.values.yes && !(await isConfirmed('Remove all of it?'))) {
      printLines(['nothing was removed'], redact);
      return 1;
    }
    const outcomes = await forEachCloud(toRemove, redact, ({ cloud, target }, onStep) =>
      locked(target, home, async () => {
        await cloud.remove(target, contextFor({ onStep, signal }));
        return `${cloud.id}: removed`;
      }),
    );
    printLines(
      outcomes.flatMap(({ result = [] }) => result),
      redact,
    );
    return Math.max(exitCodeOf(found), exitCodeOf(outcomes));
  });
};

function removalLines(title: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [`${title}: nothing is deployed`];
  return [`${title}: to be removed`, ...names.map((name) => `  ${name}`)];
}
