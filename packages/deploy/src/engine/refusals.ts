import { DeployError, DeploymentInProgressError, NothingDeployedError } from './errors.ts';
import type { Run } from './run.ts';

/** The error of a command that needs a deployment where there is none. */
export function nothingDeployed({ target, nextCommand }: Run): NothingDeployedError {
  const message = `nothing is deployed as ${target.name}-${target.stage} in ${target.region}`;
  return new NothingDeployedError(target.cloud, message, { hint: nextCommand('deploy') });
}

/** The error of a command that has to wait for another one; `state` is the provider's own word. */
export function inProgress(
  { target, nextCommand }: Run,
  state: string | null,
): DeploymentInProgressError {
  const what = `${target.name}-${target.stage} is in progress (${state ?? 'unknown'})`;
  return new DeploymentInProgressError(target.cloud, `another deployment or removal of ${what}`, {
    hint: nextCommand('status'),
  });
}

/** The error of a rollback that has nothing to go back to. */
export function nothingPrevious({ target, nextCommand }: Run, why: string): NothingDeployedError {
  const message = `${target.name}-${target.stage} has no previous deployment to roll back to: ${why}`;
  return new NothingDeployedError(target.cloud, message, { hint: nextCommand('deploy') });
}

/** The error of a command that would change a resource of another owner. */
export function notOurs({ target }: Run, resource: string): DeployError {
  return new DeployError(target.cloud, `${resource} exists, and tricloud did not make it`, {
    hint: 'choose another --name or --stage',
  });
}
