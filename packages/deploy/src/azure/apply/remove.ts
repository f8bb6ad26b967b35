import type { AzureSession } from '../credentials/session.ts';
import { groupPath } from '../state/group.ts';
import { listRemovable } from '../state/resources.ts';
import { apiVersions } from '../template/arm-template.ts';

/** Removes the log, and the group with everything else. */
export async function remove(session: AzureSession): Promise<void> {
  const resources = await listRemovable(session);
  const logs = resources.filter(({ type }) => /\/workspaces$/i.test(type));
  const remove = async (path: string, version: string) =>
    session.arm.run({ method: 'DELETE', path, version, accept: [404] });
  // A workspace that is removed with its group is only soft-deleted: for 14 days it would block a deployment of the same
  // name to another region, https://learn.microsoft.com/azure/azure-monitor/logs/delete-workspace (2026-11-22).
  for (const { id } of logs) {
    await session.step('remove the log', () => remove(`${id}?force=true`, apiVersions.workspaces));
  }
  await session.step('remove the resource group', async () => {
    session.setInProgress('Azure continues to remove the resource group');
    await remove(groupPath(session), apiVersions.resources);
    session.setInProgress(null);
  });
}
