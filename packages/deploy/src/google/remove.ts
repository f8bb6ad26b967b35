import { DeployError, DeploymentInProgressError } from '../errors.ts';
import { isApiError } from './api-error.ts';
import { command } from './command.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { grantName, secretGrants } from './grants.ts';
import { isGranted, takeGrant } from './iam-policy.ts';
import { fromLabels } from './labels.ts';
import type { Operation } from './operation.ts';
import type { Run } from './run.ts';
import { accountState, removeAccount } from './service-account.ts';
import { operationFailed, waitFor } from './wait.ts';

/** What would be removed, by name, in the order in which it goes. */
export async function removals(run: Run): Promise<readonly string[]> {
  const { functions, names } = run;
  const found = await functions.get();
  const isOurs = found !== null && fromLabels(found.labels).isOurs;
  const grants = isOurs ? secretGrants(names, found.service.secrets) : [];
  const granted: string[] = [];
  for (const grant of grants) {
    if (await isThere(isGranted(run, grant))) granted.push(grantName(grant));
  }
  const account = await accountState(run);
  return [
    ...granted,
    ...(isOurs
      ? [`function ${names.function}`, `Cloud Run service ${found.service.name || names.service}`]
      : []),
    ...(account === 'ours' ? [`service account ${names.serviceAccount}`] : []),
  ];
}

/** Removes what a deployment made: first what the function may read, then the function, then its account. */
export async function remove(run: Run): Promise<void> {
  const { functions, names } = run;
  const found = await run.step('look at what is deployed', () => functions.get());
  if (found === null) run.skip('remove the function', 'it is not there');
  if (found !== null) await removeFunction(run, found);
  if (found !== null && !fromLabels(found.labels).isOurs) return;
  await run.step('remove the account that it ran as', () => removeAccount(run));
  run.skip(
    'remove what Google shares between functions',
    `${names.project} keeps the bucket gcf-v2-sources-… of ${names.region} with the uploaded archives, and the Artifact Registry repository gcf-artifacts with the images that were built`,
  );
}

async function removeFunction(run: Run, found: DeployedFunction): Promise<void> {
  const { names, target } = run;
  if (!fromLabels(found.labels).isOurs) {
    throw new DeployError('google', `${names.function} is not of tricloud’s making; it stays`, {
      hint: `gcloud functions describe ${names.functionId} --region ${names.region} --project ${names.project}`,
    });
  }
  if (found.state === 'DEPLOYING') {
    throw new DeploymentInProgressError(
      'google',
      `a deployment of ${names.functionId} is under way, and a removal has to wait for it`,
      { hint: command('status', target) },
    );
  }
  for (const grant of secretGrants(names, found.service.secrets)) {
    await run.step(`let it no longer read ${grant.resource.replace(/^v1\//, '')}`, () =>
      isThere(takeGrant(run, grant)),
    );
  }
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

/** A secret that is gone has no policy to look at. */
async function isThere(question: Promise<boolean>): Promise<boolean> {
  try {
    return await question;
  } catch (error) {
    if (isApiError(error, 'NOT_FOUND')) return false;
    throw error;
  }
}
