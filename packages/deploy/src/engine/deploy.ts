import type { DeploymentPackage } from '@tricloud/build';
import type { Deployment } from './cloud.ts';
import { deploymentId } from './deployment-id.ts';
import type { Driver } from './driver.ts';
import { inProgress, nothingDeployed } from './refusals.ts';
import type { Run } from './run.ts';

/** Reads what is there and brings it to what the target and the package say; what is so already is left alone. */
export async function deploy<S extends Run, T>(
  driver: Driver<S, T>,
  session: S,
  deploymentPackage: DeploymentPackage,
): Promise<Deployment> {
  const { state, apply, publish } = driver;
  const read = await session.step('read what is deployed', () => state.read(session));
  const isInUse = (each: T | null) => each !== null && state.toStatus(session, each).isDeployed;
  if (isInUse(read)) session.setInUse();
  else if (read !== null) session.setChanging();
  const found = await state.settle(session, deploymentPackage, read);
  if (isInUse(found)) session.setInUse();
  const differences = await state.differences(session, deploymentPackage, found);
  if (found !== null && differences.length === 0) {
    session.skip('deploy', 'nothing to change');
    return toDeployment(driver, session, found, { isChanged: false, id: null });
  }
  session.setChanging();
  const applied = await apply.apply(session, deploymentPackage, found);
  const published = await publish.publish(session, deploymentPackage, applied);
  const id = deploymentId(session.target, deploymentPackage);
  return toDeployment(driver, session, published, { isChanged: true, id });
}

/** Makes the previous deployment package the one that answers. */
export async function rollback<S extends Run, T>(
  driver: Driver<S, T>,
  session: S,
): Promise<Deployment> {
  const found = await driver.state.read(session);
  if (found === null || !driver.state.toStatus(session, found).isDeployed) {
    throw nothingDeployed(session);
  }
  refuseBusy(driver, session, found);
  session.setChanging();
  const previous = await driver.publish.rollback(session, found);
  return toDeployment(driver, session, previous, { isChanged: true, id: null });
}

/** What `remove` would remove, by name; empty where nothing is there. */
export async function removals<S extends Run, T>(
  driver: Driver<S, T>,
  session: S,
): Promise<readonly string[]> {
  const found = await driver.state.read(session);
  return found === null ? [] : driver.apply.removals(session, found);
}

/** Removes what was created and nothing else; it is no error where nothing is there. */
export async function remove<S extends Run, T>(driver: Driver<S, T>, session: S): Promise<void> {
  const found = await driver.state.read(session);
  if (found === null) return session.skip('remove', 'nothing is there');
  refuseBusy(driver, session, found);
  session.setChanging();
  return driver.apply.remove(session, found);
}

function refuseBusy<S extends Run, T>({ state }: Driver<S, T>, session: S, found: T): void {
  const { isBusy, state: said } = state.toStatus(session, found);
  if (isBusy) throw inProgress(session, said);
}

function toDeployment<S extends Run, T>(
  { state }: Driver<S, T>,
  session: S,
  found: T,
  made: Pick<Deployment, 'id' | 'isChanged'>,
): Deployment {
  const { url, noUrlBecause } = state.toStatus(session, found);
  return { ...made, url, noUrlBecause };
}
