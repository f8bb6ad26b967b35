import type { Archive } from '../archive/archive.ts';
import { DeploymentInProgressError } from '../engine/errors.ts';
import { command } from './command.ts';
import { type DeployedFunction, isBusy } from './deployed-function.ts';
import { archiveDifferences, settingsDifferences } from './differences.ts';
import type { Run } from './run.ts';
import { waitFor } from './wait.ts';

/** The function once nothing of our own making goes on for it; null where there is none. */
export async function settled(run: Run, archive: Archive): Promise<DeployedFunction | null> {
  const found = await run.functions.get();
  if (found === null || !isBusy(found)) return found;
  const operation = await run.functions.underWay();
  const isSame =
    operation?.asked !== undefined &&
    operation.asked !== null &&
    isAsAsked(run, archive, operation.asked);
  if (operation === null || !isSame) {
    // It may have ended between the two questions.
    const now = operation === null ? await run.functions.get() : found;
    if (now === null || !isBusy(now)) return now;
    throw new DeploymentInProgressError(
      'google',
      `another ${now.state === 'DELETING' ? 'removal' : 'deployment'} of ${run.names.functionId} is under way`,
      { hint: command('status', run.target) },
    );
  }
  await run.step('wait for the same deployment, begun before', async (going) => {
    run.setGoingOn(stillGoing(run));
    const ended = await waitFor(run, operation, going);
    run.setGoingOn(null);
    if (ended.error !== null) run.skip('take over what was begun before', 'it failed; once more');
  });
  return run.functions.get();
}

/** Whether a function is what is asked for, and works. */
export function isAsAsked(run: Run, archive: Archive, found: DeployedFunction): boolean {
  const isWell = found.state === 'ACTIVE' || found.state === 'STATE_UNSPECIFIED';
  return (
    isWell &&
    archiveDifferences(archive.sha256, found).length === 0 &&
    settingsDifferences(run.target, run.names, found).length === 0
  );
}

/** What goes on at Google after an interruption. */
export function stillGoing({ names }: Run): string {
  return `Google goes on with ${names.functionId}, and the same command takes it up again`;
}
