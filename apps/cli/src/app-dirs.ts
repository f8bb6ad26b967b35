import { join } from 'node:path';
import type { ProviderId } from '@tricloud/core';

/** The folder of each provider's deployable below the workspace's root. */
export function appDirs(root: string): Readonly<Record<ProviderId, string>> {
  return {
    aws: join(root, 'apps', 'aws-lambda'),
    google: join(root, 'apps', 'google-cloud-functions'),
    azure: join(root, 'apps', 'azure-functions'),
  };
}
