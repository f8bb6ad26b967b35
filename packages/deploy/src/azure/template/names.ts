import type { Target } from '../../engine/target.ts';

/** Prefix of every resource name. */
export function baseName(target: Pick<Target, 'name' | 'stage'>): string {
  return `${target.name}-${target.stage}`;
}

/** Name of the deployment in the resource group: always the same, so that Azure refuses two at once. */
export const deploymentName = 'tricloud';

/** Container from which the app starts. */
export const deploymentContainer = 'deployments';

/** Container that keeps the deployment packages for `rollback`. */
export const releasesContainer = 'releases';

/** Path of one-deploy, with the query that `az functionapp deployment source config-zip` sends. */
export const publishPath = '/api/publish?RemoteBuild=false&Deployer=tricloud';

/** Tags of the resource group. */
export const tags = {
  /** The base name. A group without it was not made by tricloud. */
  owner: 'tricloud',
  /** SHA-256 of what was deployed apart from the deployment package. */
  settings: 'tricloud-settings',
  /** SHA-256 of the deployment package that runs. */
  deploymentPackage: 'tricloud-archive',
  /** SHA-256 of the deployment package that `rollback` publishes. */
  previous: 'tricloud-previous',
  changedAt: 'tricloud-changed-at',
} as const;

/** Value of a tag while what it describes is being changed. */
export const changing = 'changing';
