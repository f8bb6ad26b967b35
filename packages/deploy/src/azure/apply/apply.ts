import { deploymentId } from '../../engine/deployment-id.ts';
import type { Driver } from '../../engine/driver.ts';
import { DeployError } from '../../engine/errors.ts';
import { regionChecks } from '../credentials/region-checks.ts';
import type { AzureSession } from '../credentials/session.ts';
import { templateDifferences } from '../state/differences.ts';
import { createGroup, groupPath, tagGroup } from '../state/group.ts';
import { listRemovable } from '../state/resources.ts';
import { type Deployed, findSite } from '../state/site.ts';
import { apiVersions } from '../template/versions.ts';
import { changing, tags } from '../template/names.ts';
import { settingsHash } from '../template/parameters.ts';
import { deployTemplate } from './deploy-template.ts';

/** Creates, changes and removes the resources. */
export const apply: Driver<AzureSession, Deployed>['apply'] = {
  async apply(session, deploymentPackage, found) {
    if (templateDifferences(session.target, found).length === 0 && found !== null) {
      session.skip('deploy the template', 'nothing to change');
      return found;
    }
    await session.step('check what the region offers', () => checkRegion(session));
    const group =
      found?.group ?? (await session.step('create the resource group', () => createGroup(session)));
    // The tag says that a package runs, but an app that was removed by hand took it along.
    const runs = found?.site ? group.deploymentPackage : null;
    // While another package may run, it would answer with the id, too.
    const isOther = found?.site && runs !== deploymentPackage.sha256;
    const id = isOther ? null : deploymentId(session.target, deploymentPackage);
    return session.step('deploy the template', async (progress) => {
      // Until the template is deployed, the group does not claim to be as it was.
      await tagGroup(session, group, { [tags.settings]: changing });
      await deployTemplate(session, id, progress);
      const site = await findSite(session);
      const settings = settingsHash(session.target);
      const changedAt = new Date(session.timing.now()).toISOString();
      await tagGroup(session, group, { [tags.settings]: settings, [tags.changedAt]: changedAt });
      const changed = { ...group, settings, changedAt, deploymentPackage: runs };
      return { group: changed, site, isNew: true };
    });
  },
  async removals(session, { group }) {
    const resources = await listRemovable(session);
    return [
      ...resources.map(({ type, name }) => `${type} ${name}`),
      `Microsoft.Resources/resourceGroups ${group.name}`,
    ];
  },
  async remove(session) {
    const resources = await listRemovable(session);
    const removeAt = (path: string, version: string) =>
      session.arm.run({ method: 'DELETE', path, version, accept: [404] });
    // A workspace that is removed with its group is only soft-deleted: for 14 days it would block a deployment of the
    // same name to another region, https://learn.microsoft.com/azure/azure-monitor/logs/delete-workspace (2026-11-22).
    for (const { id } of resources.filter(({ type }) => /\/workspaces$/i.test(type))) {
      const path = `${id}?force=true`;
      await session.step('remove the log', () => removeAt(path, apiVersions.workspaces));
    }
    await session.step('remove the resource group', async () => {
      session.setInProgress('Azure continues to remove the resource group');
      await removeAt(groupPath(session), apiVersions.resources);
      session.setInProgress(null);
    });
  },
};

/** A deployment that the region does not take would fail half-way, https://github.com/Azure/Azure-Functions/issues/2666. */
async function checkRegion(session: AzureSession): Promise<void> {
  const refused = (await regionChecks(session)).find(({ state }) => state === 'bad');
  if (refused === undefined) return;
  const hint = refused.mend ?? session.nextCommand('doctor');
  throw new DeployError('azure', `${refused.found}; nothing was changed`, { hint });
}
