import type { DeploymentPackage } from '@tricloud/build';
import { deploymentId, deploymentIdVariable } from '../../engine/deployment-id.ts';
import type { Driver } from '../../engine/driver.ts';
import { nothingPrevious } from '../../engine/refusals.ts';
import { revoke } from '../apply/remove.ts';
import type { GoogleSession } from '../credentials/session.ts';
import { type DeployedFunction, getFunction, sourceOf } from '../state/deployed-function.ts';
import { functionDifferences } from '../state/differences.ts';
import { staleGrants } from '../state/stale-grants.ts';
import { continues, type Deployed } from '../state/state.ts';
import { toBuildConfig, updateMask } from '../template/function-body.ts';
import { grantName } from '../template/grants.ts';
import { fromLabels, placeHashOf, type StorageSource, toLabels } from '../template/labels.ts';
import { patchFunction, sendFunction, waitForBuild } from './send-function.ts';
import { setAccess } from './set-access.ts';

/** The function itself: which deployment package it runs, and who can call it. */
export const publish: Driver<GoogleSession, Deployed>['publish'] = {
  publish: publishPackage,
  rollback,
};

async function publishPackage(
  session: GoogleSession,
  deploymentPackage: DeploymentPackage,
  { function: before, account }: Deployed,
): Promise<Deployed> {
  const stale = await staleGrants(session, before);
  for (const grant of stale) session.track(grantName(grant));
  const isDeployed = before !== null && isThisDeployment(session, deploymentPackage, before);
  if (isDeployed) session.skip('update the function', 'nothing to change');
  const after = isDeployed ? before : await sendFunction(session, deploymentPackage, before);
  for (const grant of stale) await revoke(session, grant);
  await setAccess(session, after);
  return { function: after, account };
}

/** True where the function is the same and says so to a request that asks for its deployment. */
function isThisDeployment(
  { names, target }: GoogleSession,
  deploymentPackage: DeploymentPackage,
  deployed: DeployedFunction,
): boolean {
  const { [deploymentIdVariable]: id } = deployed.serviceConfig.environmentVariables;
  return (
    id === deploymentId(target, deploymentPackage) &&
    functionDifferences(target, names, deploymentPackage.sha256, deployed).length === 0
  );
}

/** Builds the previous package again, from Google's own copy; the settings stay as they are. */
async function rollback(
  session: GoogleSession,
  { function: found, account }: Deployed,
): Promise<Deployed> {
  const previous = found && previousOf(found);
  if (found === null || previous === null) {
    throw nothingPrevious(session, 'it is the first, or another tool has deployed since');
  }
  const { names, target } = session;
  await session.step('deploy the previous package', async (progress) => {
    const buildConfig = toBuildConfig(target, names, previous.source);
    const { labels } = previous;
    session.setInProgress(continues(session));
    const mask = updateMask(target, { source: true, settings: false });
    const started = await patchFunction(
      session,
      { name: names.function, labels, buildConfig },
      mask,
    );
    await waitForBuild(session, started, progress, true);
  });
  const after = await getFunction(session);
  await setAccess(session, after);
  return { function: after, account };
}

/** The previous package's object, and the labels of a function that runs it; null where there is none. */
function previousOf(deployed: DeployedFunction): {
  readonly source: StorageSource;
  readonly labels: Readonly<Record<string, string>>;
} | null {
  const { labels } = deployed;
  const source = sourceOf(deployed);
  const { sha256, previous } = fromLabels(labels);
  if (sha256 === null || previous === null || source === null) return null;
  const { generation, placeHash } = previous;
  if (placeHashOf(source) !== placeHash) return null;
  const next = { sha256, generation: source.generation, placeHash };
  return {
    source: { ...source, generation },
    labels: toLabels(labels, {
      sha256: previous.sha256,
      previous: sha256 === previous.sha256 ? null : next,
    }),
  };
}
