import * as v from 'valibot';
import { DeployError } from '../../engine/errors.ts';
import type { AzureSession } from '../credentials/session.ts';
import { apiVersions } from '../template/versions.ts';
import { baseName, tags } from '../template/names.ts';
import { groupPath } from './group.ts';

const ResourceSchema = v.object({
  id: v.string(),
  type: v.string(),
  name: v.string(),
  tags: v.nullish(v.record(v.string(), v.string())),
});

/** Lists the resources of the group; ours are those that the template made, or Azure added to these. */
export async function listResources(session: AzureSession) {
  const owner = baseName(session.target);
  const listed = await session.arm.list(`${groupPath(session)}/resources`, apiVersions.resources);
  return v.parse(v.array(ResourceSchema), listed).map(({ tags: given, ...each }) => ({
    ...each,
    isOurs: given?.[tags.owner] === owner || isAddedByAzure(each.type.toLowerCase(), each.name),
  }));
}

// Application Insights adds an alert rule and the group of its recipients,
// https://learn.microsoft.com/azure/azure-monitor/alerts/proactive-failure-diagnostics (2026-11-22).
function isAddedByAzure(type: string, name: string): boolean {
  return (
    type === 'microsoft.alertsmanagement/smartdetectoralertrules' ||
    (type === 'microsoft.insights/actiongroups' && name === 'Application Insights Smart Detection')
  );
}

/** Lists what a failed change left, by name; what this run created where Azure cannot be asked. */
export async function leftBehind(session: AzureSession): Promise<readonly string[]> {
  const name = baseName(session.target);
  // The signal of the command may be aborted.
  const asking = session.withSignal(AbortSignal.timeout(session.timing.requestMs));
  const ours = v.object({ tags: v.object({ [tags.owner]: v.literal(name) }) });
  try {
    const group = await asking.arm.read(groupPath(asking), apiVersions.resources);
    if (!v.is(ours, group)) return [];
    const resources = (await listResources(asking)).filter(({ isOurs }) => isOurs);
    return [`resource group ${name}`, ...resources.map((each) => `${each.type} ${each.name}`)];
  } catch {
    return session.progress.created;
  }
}

/**
 * Lists the resources of the group.
 *
 * @throws {DeployError} where some are not ours, and would be removed with the group.
 */
export async function listRemovable(session: AzureSession) {
  const resources = await listResources(session);
  const others = resources.filter(({ isOurs }) => !isOurs);
  if (others.length === 0) return resources;
  const name = baseName(session.target);
  const named = others.map((each) => `  ${each.type} ${each.name}`).join('\n');
  throw new DeployError(
    'azure',
    `the resource group ${name} has resources that tricloud did not make, and that would be removed with it:\n${named}`,
    { hint: `az resource list -g ${name} -o table` },
  );
}
