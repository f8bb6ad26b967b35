import { createHash } from 'node:crypto';
import type { DeploymentPackage } from '@tricloud/build';
import type { Target } from './target.ts';

/** Variable that holds the id of a deployment; the adapters return it to a request that asks for it. */
export const deploymentIdVariable = 'TRICLOUD_DEPLOYMENT_ID';

/** Header of a request that asks for the id of the deployment, and of its answer. */
export const deploymentIdHeader = 'tricloud-deployment-id';

/** Id of a deployment: the same target and package have the same one. Sixteen hexadecimal digits. */
export function deploymentId(
  target: Target,
  { sha256 }: Pick<DeploymentPackage, 'sha256'>,
): string {
  return createHash('sha256')
    .update(JSON.stringify([target, sha256]))
    .digest('hex')
    .slice(0, 16);
}
