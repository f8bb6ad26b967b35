import { DeployError, DeploymentInProgressError } from '../engine/errors.ts';
import { isApiError } from './api-error.ts';
import { command } from './command.ts';
import { type DeployedFunction, isBusy } from './deployed-function.ts';
import { secretsOf } from './function-body.ts';
import { grantName, secretGrants } from './grants.ts';
import { type Grant, isGranted, takeGrant } from './iam-policy.ts';
import { fromLabels } from './labels.ts';
import { orFalse } from './not-found.ts';
import type { Operation } from './operation.ts';
import type { Run } from './run.ts';
import { secretsOnceRead } from './secrets-once-read.ts';
import { accountState, removeAccount } from './service-account.ts';
import { operationFailed, waitFor } from './wait.ts';

/** What would be removed, by name, in the order in which it goes. */
export async function removals(run: Run): Promise<readonly string[]> {
  const { functions, names } = run;
  const found = await functions.get();
  const isOurs = found !== null && fromLabels(found.labels).isOurs;
  const hasAccount = (await accountState(run)) === 'ours';
  const grants = hasAccount ? await grantsOf(run, isOurs ? found : null) : [];
  return [
    ...grants.map(grantName),
    ...(isOurs
      ? [`function ${names.function}`, `Cloud Run service ${found.service.name || names.service}`]
      : []),
    ...(hasAccount ? [`service account ${names.serviceAccount}`] : []),
  ];
}

/** Removes what a deployment made: first what the function may read, then the function, then its account. */
export async function remove(run: Run): Promise<void> {
  const { names } = run;
  const found = await run.step('look at what is deployed', () => removable(run));
  const hasAccount = (await accountState(run)) === 'ours';
  for (const grant of hasAccount ? await grantsOf(run, found) : []) {
    await run.step(`let it no longer read ${grant.resource.replace(/^v1\//, '')}`, () =>
      orFalse(takeGrant(run, grant)),
    );
  }
  if (found === null) run.skip('remove the function', 'it is not there');
  else await removeFunction(run, found);
  if (hasAccount) await run.step('remove the account that it ran as', () => removeAccount(run));
  else run.skip('remove the account that it ran as', 'it is not there');
  run.skip(
    'remove what Google shares between functions',
    `${names.project} keeps the bucket gcf-v2-sources-… of ${names.region} with the uploaded archives, and the Artifact Registry repository gcf-artifacts with the images that were built`,
  );
}

/** The secrets that it may read: those of the function and its revisions, and those of a deployment that did not come to one. */
async function grantsOf(run: Run, found: DeployedFunction | null): Promise<readonly Grant[]> {
  const { names, target } = run;
  const read = found === null ? [] : await secretsOnceRead(run, found);
  const secrets = [...read, ...secretsOf(target, names.project)];
  const granted: Grant[] = [];
  for (const grant of secretGrants(names, secrets)) {
    if (await orFalse(isGranted(run, grant))) granted.push(grant);
  }
  return granted;
}

/** The function, once it can be removed: nothing is removed in the middle of a deployment. */
async function removable(run: Run): Promise<DeployedFunction | null> {
  const { functions, names, target } = run;
  const found = await functions.get();
  if (found === null) return null;
  if (!fromLabels(found.labels).isOurs) {
    throw new DeployError('google', `${names.function} is not of tricloud’s making; it stays`, {
      hint: `gcloud functions describe ${names.functionId} --region ${names.region} --project ${names.project}`,
    });
  }
  if (found.state !== 'DEPLOYING') return found;
  const operation = await functions.underWay();
  if (operation !== null) {
    await run.step('wait for the deployment that is under way', (going) =>
      waitFor(run, operation, going),
    );
  }
  const now = await functions.get();
  if (now === null || !isBusy(now)) return now;
  throw new DeploymentInProgressError(
    'google',
    `a deployment of ${names.functionId} is under way, and a removal has to wait for it`,
    { hint: command('status', target) },
  );
}

async function removeFunction(run: Run, found: DeployedFunction): Promise<void> {
  const { names, target } = run;
  await run.step('remove the function', async (going) => {
    run.setGoingOn(`Google goes on removing ${names.functionId}`);
    const started = await begun(run, found);
    const ended = started === null ? null : await waitFor(run, started, going);
    run.setGoingOn(null);
    if (ended === null || ended.error === null || ended.error.code === 'NOT_FOUND') return;
    throw operationFailed(run, ended, {
      leftBehind: [`function ${names.function}`, `service account ${names.serviceAccount}`],
      hint: command('remove', target),
    });
  });
}

/** A removal that is under way already is waited for; one of what is gone is done. */
async function begun({ functions }: Run, found: DeployedFunction): Promise<Operation | null> {
  const going = found.state === 'DELETING' ? await functions.underWay() : null;
  if (going !== null) return going;
  try {
    return await functions.delete();
  } catch (error) {
    if (isApiError(error, 'NOT_FOUND')) return null;
    throw error;
  }
}
