import type { ReportProgress } from '../../engine/run.ts';
import type { GoogleSession } from '../credentials/session.ts';
import { nullIfMissing } from '../errors/api-error.ts';
import type { DeployedFunction } from '../state/deployed-function.ts';
import { removeGrant } from '../state/iam-policy.ts';
import { operationError, OperationSchema, waitForOperation } from '../state/operations.ts';
import { grantedOf, secretsEverRead } from '../state/stale-grants.ts';
import type { Deployed } from '../state/state.ts';
import { secretsOf } from '../template/function-body.ts';
import { type Grant, grantName, grantsOn, resourceName } from '../template/grants.ts';
import { accountName, removeAccount } from './service-account.ts';

/** What `remove` would remove, by name, in its order. */
export async function removals(
  session: GoogleSession,
  { function: found, account }: Deployed,
): Promise<readonly string[]> {
  const { names } = session;
  const grants = account === 'ours' ? await secretsGrantedTo(session, found) : [];
  const service = found?.serviceConfig.service || names.service;
  return [
    ...grants.map(grantName),
    ...(found === null ? [] : [`function ${names.function}`, `Cloud Run service ${service}`]),
    ...(account === 'ours' ? [accountName(session)] : []),
  ];
}

/** Removes what a deployment made: first the grants, then the function, then its account. */
export async function remove(
  session: GoogleSession,
  { function: found, account }: Deployed,
): Promise<void> {
  const grants = account === 'ours' ? await secretsGrantedTo(session, found) : [];
  for (const grant of grants) await revoke(session, grant);
  if (found === null) session.skip('remove the function', 'it does not exist');
  else await session.step('remove the function', (progress) => removeFunction(session, progress));
  if (account === 'ours') {
    await session.step('remove the service account', () => removeAccount(session));
  } else session.skip('remove the service account', 'it does not exist');
  const { project, region } = session.names;
  session.skip(
    'remove what the functions of a region share',
    `${project} keeps the bucket gcf-v2-sources-… of ${region} with the deployment packages, and the Artifact Registry repository gcf-artifacts with the images`,
  );
}

/** Closes a secret, as a step; it is no error where the secret is gone. */
export async function revoke(session: GoogleSession, grant: Grant): Promise<void> {
  await session.step(`revoke access to ${resourceName(grant)}`, () =>
    nullIfMissing(removeGrant(session, grant)),
  );
  session.untrack(grantName(grant));
}

/** Secrets of the function and its revisions, and those of a deployment that did not come to one. */
async function secretsGrantedTo(
  session: GoogleSession,
  found: DeployedFunction | null,
): Promise<readonly Grant[]> {
  const { names, target } = session;
  const read = found === null ? [] : await secretsEverRead(session, found);
  return grantedOf(session, grantsOn([...read, ...secretsOf(target, names.project)], names));
}

async function removeFunction(session: GoogleSession, progress: ReportProgress): Promise<void> {
  const { api, names } = session;
  const method = 'cloudfunctions DeleteFunction';
  session.setInProgress(`Google continues to remove ${names.functionId}`);
  const started = await nullIfMissing(api.call(method, OperationSchema, `v2/${names.function}`));
  if (started !== null) {
    const ended = await waitForOperation(session, 'cloudfunctions', started, progress);
    const error = operationError(session, ended);
    if (error !== null && error.code !== 'NOT_FOUND') throw error;
  }
  session.setInProgress(null);
}
