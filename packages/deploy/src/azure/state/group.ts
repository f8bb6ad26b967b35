import * as v from 'valibot';
import { notOurs } from '../../engine/refusals.ts';
import type { AzureSession } from '../credentials/session.ts';
import { apiVersions } from '../template/versions.ts';
import { baseName, changing, deploymentName, tags } from '../template/names.ts';

const TagsSchema = v.record(v.string(), v.string());
const StateSchema = v.object({ provisioningState: v.optional(v.string(), 'Unknown') });
const GroupSchema = v.object({
  id: v.string(),
  location: v.string(),
  tags: v.nullish(TagsSchema),
  properties: v.optional(StateSchema, {}),
});
const DeploymentSchema = v.object({
  properties: v.object({ ...StateSchema.entries, correlationId: v.optional(v.string()) }),
});

/** The resource group of a target, and what its tags say. */
export type Group = ReturnType<typeof toGroup>;

/** Path of the target's resource group. */
export function groupPath({ subscription, target }: AzureSession): string {
  return `/subscriptions/${subscription}/resourcegroups/${baseName(target)}`;
}

/** Path of the template's deployment. */
export function deploymentPath(session: AzureSession): string {
  return `${groupPath(session)}/providers/Microsoft.Resources/deployments/${deploymentName}`;
}

/**
 * Reads the group of a target; null where there is none.
 *
 * @throws {DeployError} where tricloud did not make it: it lacks the tag.
 */
export async function findGroup(session: AzureSession): Promise<Group | null> {
  const found = await session.arm.read(groupPath(session), apiVersions.resources);
  return found === null ? null : toGroup(session, found, await findDeployment(session));
}

/** Creates the group, with the tag that marks it as ours. */
export async function createGroup(session: AzureSession): Promise<Group> {
  const { target, arm } = session;
  const name = baseName(target);
  session.track(`resource group ${name}`);
  const { json } = await arm.send({
    method: 'PUT',
    path: groupPath(session),
    version: apiVersions.resources,
    json: { location: target.region, tags: { [tags.owner]: name } },
  });
  return toGroup(session, json, null);
}

/** Writes some tags of the group and leaves the others. */
export async function tagGroup(
  { arm }: AzureSession,
  { id }: Pick<Group, 'id'>,
  written: Readonly<Record<string, string>>,
): Promise<void> {
  await arm.run({
    method: 'PATCH',
    path: `${id}/providers/Microsoft.Resources/tags/default`,
    version: apiVersions.resources,
    json: { operation: 'Merge', properties: { tags: written } },
  });
}

type Deployment = v.InferOutput<typeof DeploymentSchema>['properties'];

/** Reads the template's deployment; null where there was none. */
export async function findDeployment(session: AzureSession): Promise<Deployment | null> {
  const found = await session.arm.read(deploymentPath(session), apiVersions.resources);
  return found === null ? null : v.parse(DeploymentSchema, found).properties;
}

const running = new Set(['Accepted', 'Created', 'Creating', 'Running', 'Updating']);

function toGroup(session: AzureSession, found: unknown, deployment: Deployment | null) {
  const name = baseName(session.target);
  const { id, location, tags: given, properties } = v.parse(GroupSchema, found);
  if (given?.[tags.owner] !== name) throw notOurs(session, `the resource group ${name}`);
  const isDeleting = properties.provisioningState === 'Deleting';
  const { provisioningState: state } = isDeleting ? properties : (deployment ?? properties);
  const tag = (of: keyof typeof tags) => given[tags[of]] || null;
  const deploymentPackage = tag('deploymentPackage');
  return {
    name,
    id,
    location,
    /** State of the template's deployment, or of the group. */
    state,
    isBusy: isDeleting || (deployment !== null && running.has(state)),
    /** Hash of the settings. */
    settings: tag('settings'),
    /** SHA-256 of the package that runs; null where none does, or it is being replaced. */
    deploymentPackage: deploymentPackage === changing ? null : deploymentPackage,
    previous: tag('previous'),
    changedAt: tag('changedAt'),
  };
}
