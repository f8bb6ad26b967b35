import type { Deployment } from '../engine/cloud.ts';
import { DeploymentInProgressError, NothingDeployedError } from '../engine/errors.ts';
import { command } from './command.ts';
import { isBusy } from './deployed-function.ts';
import { toFunction } from './function-body.ts';
import { fromLabels, placeHashOf, toLabels } from './labels.ts';
import type { Run } from './run.ts';
import { urlOf } from './url.ts';
import { operationFailed, waitFor } from './wait.ts';

/** Builds the archive before this one again, from Google's own copy of it; the settings stay as they are. */
export async function rollback(run: Run): Promise<Deployment> {
  const { functions, names, target } = run;
  const found = await run.step('look at what is deployed', () => functions.get());
  if (found === null) {
    throw new NothingDeployedError('google', `${names.function} is not there`, {
      hint: command('deploy', target),
    });
  }
  if (isBusy(found)) {
    const problem = `a deployment or removal of ${names.functionId} is under way`;
    const hint = command('status', target);
    throw new DeploymentInProgressError('google', problem, { hint });
  }
  const { isOurs, archiveSha256, previous } = fromLabels(found.labels);
  const { source } = found;
  const isThere =
    previous !== null && source !== null && placeHashOf(source) === previous.placeHash;
  if (!isOurs || archiveSha256 === null || !isThere) {
    throw new NothingDeployedError(
      'google',
      `${names.functionId} has no archive before this one, or it was deployed otherwise since`,
      { hint: command('deploy', target) },
    );
  }
  const labels = toLabels(found.labels, {
    archiveSha256: previous.archiveSha256,
    previous:
      archiveSha256 === previous.archiveSha256
        ? null
        : { archiveSha256, generation: source.generation, placeHash: previous.placeHash },
  });
  await run.step('bring the archive before this one back', async (going) => {
    const { description, buildConfig } = toFunction(target, names, {
      labels,
      source: { ...source, generation: previous.generation },
    });
    const body = { name: names.function, description, labels, buildConfig };
    run.setGoingOn(`Google goes on with ${names.functionId}`);
    const started = await functions.rebuild(body);
    const ended = await waitFor(run, started, going);
    run.setGoingOn(null);
    if (ended.error !== null) {
      const note = 'What was deployed before still answers.';
      throw operationFailed(run, ended, { leftBehind: [], note });
    }
  });
  return { isChanged: true, id: null, ...urlOf(run.endpoints, await functions.get()) };
}
