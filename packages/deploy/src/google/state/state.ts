import type { DeploymentPackage } from '@tricloud/build';
import { inProgress, notOurs } from '../../engine/refusals.ts';
import type { Driver } from '../../engine/driver.ts';
import type { Difference } from '../../engine/plan.ts';
import type { GoogleSession } from '../credentials/session.ts';
import { isApiError, nullIfMissing } from '../errors/api-error.ts';
import { grantName, secretGrants } from '../template/grants.ts';
import { fromLabels } from '../template/labels.ts';
import { accessDifferences } from './access.ts';
import { type AccountState, readAccountState } from './account-state.ts';
import { type DeployedFunction, getFunction, isBusy } from './deployed-function.ts';
import { functionDifferences } from './differences.ts';
import { isGranted } from './iam-policy.ts';
import { findRunningOperation, type Operation, waitForOperation } from './operations.ts';
import { staleGrants } from './stale-grants.ts';
import { toStatus } from './status.ts';

/** The function, and the account that it runs as: each may exist without the other after an interruption. */
export interface Deployed {
  readonly function: DeployedFunction | null;
  readonly account: AccountState;
}

/** What is deployed, and what a deployment would change. */
export const state: Driver<GoogleSession, Deployed>['state'] = {
  read,
  settle,
  differences,
  toStatus: (session, found) => toStatus(session, found.function),
  leftBehind,
};

async function read(session: GoogleSession): Promise<Deployed | null> {
  const { names } = session;
  const found = await getFunction(session);
  if (found !== null && !fromLabels(found.labels).isOurs) {
    throw notOurs(session, names.function);
  }
  const account = await readAccountState(session);
  return found === null && account === 'missing' ? null : { function: found, account };
}

/** A deployment of the same target that runs is waited for: it may be one that was interrupted here. */
async function settle(
  session: GoogleSession,
  { sha256 }: DeploymentPackage,
  found: Deployed | null,
): Promise<Deployed | null> {
  if (!isDeployedBusy(found)) return found;
  const running = await findRunningOperation(session);
  if (running !== null && isSameRequest(session, sha256, running)) {
    await session.step('wait for the same deployment, started before', async (progress) => {
      session.setInProgress(continues(session));
      await waitForOperation(session, 'cloudfunctions', running, progress);
      session.setInProgress(null);
    });
  }
  // It may have ended between the two requests.
  const now = await read(session);
  if (isDeployedBusy(now)) throw inProgress(session, now?.function?.state ?? null);
  return now;
}

function isDeployedBusy(found: Deployed | null): boolean {
  return found !== null && found.function !== null && isBusy(found.function);
}

/** True for an operation that brings a function to what the target and the package say. */
export function isSameRequest(
  { names, target }: GoogleSession,
  sha256: string,
  { metadata: { requestResource } }: Operation,
): boolean {
  return (
    requestResource !== null &&
    functionDifferences(target, names, sha256, requestResource).length === 0
  );
}

/** What is said of an operation that runs on after an interruption. */
export function continues({ names }: GoogleSession): string {
  return `Google continues with ${names.functionId}, and the same command resumes it`;
}

async function differences(
  session: GoogleSession,
  { sha256 }: DeploymentPackage,
  found: Deployed | null,
): Promise<readonly Difference[]> {
  const { command, names, target } = session;
  const deployed = found?.function ?? null;
  if (deployed === null) {
    const what = `function ${names.functionId}`;
    const access = command === 'plan' ? await accessDifferences(session, null) : [];
    return [{ what, deployed: null, planned: 'new' }, ...access];
  }
  const account = `service account ${names.serviceAccount}`;
  return [
    ...functionDifferences(target, names, sha256, deployed),
    ...(found?.account === 'missing' ? [{ what: account, deployed: null, planned: 'new' }] : []),
    ...(await orNone(grantDifferences(session, deployed))),
    ...(await orNone(accessDifferences(session, deployed))),
  ];
}

/** A deployer who may not read a policy is not told of it. */
async function orNone(question: Promise<readonly Difference[]>): Promise<readonly Difference[]> {
  try {
    return await question;
  } catch (error) {
    if (isApiError(error, 'PERMISSION_DENIED')) return [];
    throw error;
  }
}

async function grantDifferences(
  session: GoogleSession,
  deployed: DeployedFunction,
): Promise<readonly Difference[]> {
  const missing: Difference[] = [];
  for (const grant of secretGrants(session.target, session.names)) {
    if ((await nullIfMissing(isGranted(session, grant))) === true) continue;
    missing.push({ what: grantName(grant), deployed: null, planned: 'granted' });
  }
  const stale = (await staleGrants(session, deployed)).map(grantName);
  return [...missing, ...stale.map((what) => ({ what, deployed: 'granted', planned: null }))];
}

/** What this run created; after a failed removal, what is still there. */
async function leftBehind(session: GoogleSession): Promise<readonly string[]> {
  const { command, names, progress, signal } = session;
  if (command !== 'remove' || signal.aborted) return progress.created;
  const found = await read(session).catch(() => null);
  return [
    ...(found?.function ? [`function ${names.function}`] : []),
    ...(found?.account === 'ours' ? [`service account ${names.serviceAccount}`] : []),
  ];
}
