import type { DeployContext } from '../engine/cloud.ts';
import type { Target } from '../engine/target.ts';
import { findGroup, orNull, refuseBusy } from './group.ts';
import { listResources, refuseOthers } from './inventory.ts';
import type { Session } from './session.ts';

/**
 * What a removal would remove, by name.
 *
 * @throws {DeployError} where somebody else's resources would go too.
 */
export async function removals(target: Target, session: Session): Promise<readonly string[]> {
  const group = await findGroup(target, session);
  if (group === null) return [];
  const resources = await listResources(group, session);
  refuseOthers(group.name, resources);
  return [
    ...resources.map(({ type, name }) => `${type} ${name}`),
    `Microsoft.Resources/resourceGroups ${group.name}`,
  ];
}

/** Removes the group, which holds nothing but what is from here. */
export async function remove(
  target: Target,
  session: Session,
  onStep: DeployContext['onStep'],
): Promise<void> {
  const { arm, pace } = session;
  const step = 'remove the resource group';
  const group = await findGroup(target, session);
  if (group === null) {
    onStep({ name: step, state: 'skipped', detail: 'it is not there' });
    return;
  }
  await refuseBusy(group, session);
  refuseOthers(group.name, await listResources(group, session));
  onStep({ name: step, state: 'started', detail: group.name });
  const signal = AbortSignal.any([session.signal, AbortSignal.timeout(pace.operationMs)]);
  // Gone already, where the answer to the first try was lost on its way.
  await orNull(async () => {
    const poller = await arm.resourceGroups.beginDelete(group.name, {
      abortSignal: signal,
      updateIntervalInMs: pace.pollMs,
    });
    await poller.pollUntilDone({ abortSignal: signal });
  });
  onStep({ name: step, state: 'done', detail: group.name });
}
