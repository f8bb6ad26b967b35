import type { ResourceGroup } from '@azure/arm-resources';
import { DeployError, DeploymentInProgressError } from '../engine/errors.ts';
import type { Target } from '../engine/target.ts';
import { readFailure } from './failure.ts';
import { baseName, deploymentName, tags } from './names.ts';
import type { Session } from './session.ts';

/** The resource group of a target, and what its tags say. */
export interface Group {
  readonly name: string;
  readonly id: string;
  readonly location: string;
  /** Such as `Succeeded` or `Deleting`. */
  readonly state: string;
  readonly settings: string | null;
  readonly archive: string | null;
  readonly previous: string | null;
  readonly changedAt: string | null;
}

/**
 * The group of a target; null where there is none.
 *
 * @throws {DeployError} where a group of this name is somebody else's.
 */
export async function findGroup(target: Target, { arm, signal }: Session): Promise<Group | null> {
  const name = baseName(target);
  const found = await orNull(() => arm.resourceGroups.get(name, { abortSignal: signal }));
  return found === null ? null : toGroup(name, found);
}

function toGroup(name: string, found: ResourceGroup): Group {
  const said = found.tags ?? {};
  if (said[tags.owner] !== name) {
    throw new DeployError(
      'azure',
      `the resource group ${name} is not from here: it has no tag ${tags.owner}=${name}. It is left as it is.`,
      { hint: 'take another --name or --stage' },
    );
  }
  return {
    name,
    id: found.id ?? '',
    location: found.location,
    state: found.properties?.provisioningState ?? 'Unknown',
    settings: said[tags.settings] ?? null,
    archive: said[tags.archive] ?? null,
    previous: said[tags.previous] || null,
    changedAt: said[tags.changedAt] ?? null,
  };
}

/** Makes the group, with the tag that says whose it is. */
export async function createGroup(target: Target, { arm, signal }: Session): Promise<Group> {
  const name = baseName(target);
  const made = await arm.resourceGroups.createOrUpdate(
    name,
    { location: target.region, tags: { [tags.owner]: name } },
    { abortSignal: signal },
  );
  return toGroup(name, made);
}

/** Writes some tags of the group; all others stay. */
export async function tagGroup(
  group: Pick<Group, 'id'>,
  written: Readonly<Record<string, string>>,
  { arm, pace, signal }: Session,
): Promise<void> {
  await arm.tagsOperations.beginUpdateAtScopeAndWait(
    // The client puts a slash before it.
    group.id.replace(/^\//, ''),
    { operation: 'Merge', properties: { tags: { ...written } } },
    { abortSignal: signal, updateIntervalInMs: pace.pollMs },
  );
}

/** What the deployment inside the group says; null where there was none. */
export async function findDeployment({ name }: Pick<Group, 'name'>, { arm, signal }: Session) {
  return orNull(() => arm.deployments.get(name, deploymentName, { abortSignal: signal }));
}

/** Whether somebody's deployment into the group, or its removal, is under way. */
export async function isBusy(group: Group, session: Session): Promise<boolean> {
  const deployment = await findDeployment(group, session);
  return group.state === 'Deleting' || isRunning(deployment?.properties?.provisioningState);
}

function isRunning(state: string | undefined): boolean {
  return ['Accepted', 'Created', 'Creating', 'Running', 'Updating'].includes(state ?? '');
}

/** @throws {DeploymentInProgressError} where somebody's deployment or removal is under way. */
export async function refuseBusy(group: Group, session: Session): Promise<void> {
  if (!(await isBusy(group, session))) return;
  const what =
    group.state === 'Deleting'
      ? `the resource group ${group.name} is being removed`
      : `a deployment into the resource group ${group.name} is under way`;
  throw new DeploymentInProgressError('azure', `${what}; wait until it is done`, {
    hint: session.command('status'),
  });
}

/** What was asked for, or null where Azure says that it is not there. */
export async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (readFailure(error).status === 404) return null;
    throw error;
  }
}
