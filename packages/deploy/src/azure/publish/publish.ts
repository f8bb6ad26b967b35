import type { DeploymentPackage } from '@tricloud/build';
import type { ReportProgress } from '../../engine/run.ts';
import { nothingDeployed, nothingPrevious } from '../../engine/refusals.ts';
import { deploymentId, deploymentIdVariable } from '../../engine/deployment-id.ts';
import type { Driver } from '../../engine/driver.ts';
import { retryWhile } from '../../engine/poll.ts';
import { deployTemplate } from '../apply/deploy-template.ts';
import type { AzureSession } from '../credentials/session.ts';
import { statusOf } from '../errors/errors.ts';
import { tagGroup } from '../state/group.ts';
import { type Deployed, readVariables, type Site, writeVariables } from '../state/site.ts';
import { changing, tags } from '../template/names.ts';
import { oneDeploy } from './one-deploy.ts';
import { keepPackage, readPackage, roleWait } from './releases.ts';

/** Publishes deployment packages, and remembers them in the group's tags. */
export const publish: Driver<AzureSession, Deployed>['publish'] = {
  async publish(session, deploymentPackage, applied) {
    const { bytes, sha256 } = deploymentPackage;
    const { deploymentPackage: running, previous } = applied.group;
    if (running === sha256) {
      session.skip('publish the deployment package', 'it is published already');
      return applied;
    }
    await session.step('upload the deployment package', (progress) =>
      upload(session, deploymentPackage, applied, progress),
    );
    // Known from the start: the package that runs is the one to go back to where this one never does.
    const before = running ?? previous;
    const id = deploymentId(session.target, deploymentPackage);
    return publishPackage(session, applied, { bytes, sha256, before, after: before, id });
  },
  async rollback(session, found) {
    const { deploymentPackage: running, previous: sha256 } = found.group;
    if (sha256 === null) throw nothingPrevious(session, 'it is the first');
    const bytes = await session.step('download the previous deployment package', () =>
      readPackage(session, siteOf(session, found), sha256),
    );
    // Remembered until the end: a second attempt goes to the same package.
    const tagged = { before: sha256, after: running ?? sha256 };
    return publishPackage(session, found, { bytes, sha256, ...tagged, id: null });
  },
};

interface Publication {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Package that `rollback` publishes before this publication has ended, and after. */
  readonly before: string | null;
  readonly after: string | null;
  /** Id of the deployment; null after a rollback, which has none. */
  readonly id: string | null;
}

async function publishPackage(
  session: AzureSession,
  deployed: Deployed,
  { bytes, sha256, before, after, id }: Publication,
): Promise<Deployed> {
  const { group } = deployed;
  const site = siteOf(session, deployed);
  const tag = (deploymentPackage: string, previous: string | null, more = {}) =>
    tagGroup(session, group, {
      ...(previous === null ? {} : { [tags.previous]: previous }),
      [tags.deploymentPackage]: deploymentPackage,
      ...more,
    });
  return session.step('publish the deployment package', async (progress) => {
    await tag(changing, before);
    await oneDeploy(session, site, bytes, progress);
    await writeDeploymentId(session, site, id);
    const changedAt = new Date(session.timing.now()).toISOString();
    await tag(sha256, after, { [tags.changedAt]: changedAt });
    const changed = { ...group, deploymentPackage: sha256, previous: after, changedAt };
    return { ...deployed, group: changed };
  });
}

/** Keeps the deployment package for a rollback, and waits for the role that this takes. */
async function upload(
  session: AzureSession,
  deploymentPackage: DeploymentPackage,
  applied: Deployed,
  progress: ReportProgress,
): Promise<void> {
  const site = siteOf(session, applied);
  const keep = () => keepPackage(session, site, deploymentPackage);
  if (!applied.isNew) {
    try {
      return await keep();
    } catch (error) {
      if (statusOf(error) !== 403) throw error;
    }
    // Another deployer has no role here yet: the template assigns it.
    await deployTemplate(session, null, progress);
  }
  const isRoleMissing = (error: unknown) => {
    if (statusOf(error) !== 403) return false;
    progress('waiting for your role on the container');
    return true;
  };
  return retryWhile(keep, isRoleMissing, { ...session, ...roleWait });
}

/** Lets the app answer with the deployment's id: an instance that does has started after the publication. */
async function writeDeploymentId(
  session: AzureSession,
  { id: siteId }: Site,
  id: string | null,
): Promise<void> {
  const { [deploymentIdVariable]: current = null, ...others } =
    (await readVariables(session, siteId)) ?? {};
  if (current === id) return;
  const variables = id === null ? others : { ...others, [deploymentIdVariable]: id };
  await writeVariables(session, siteId, variables);
}

function siteOf(session: AzureSession, { site }: Deployed): Site {
  if (site === null) throw nothingDeployed(session);
  return site;
}
