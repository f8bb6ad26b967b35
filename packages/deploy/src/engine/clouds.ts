import type { ProviderId } from '@tricloud/core';
import type { Cloud } from './cloud.ts';
import { createCloud } from './create-cloud.ts';

/** A cloud. Its driver, and the provider's SDK with it, is loaded when it is asked for. */
export async function loadCloud(id: ProviderId): Promise<Cloud> {
  return loaders[id]();
}

const loaders: Readonly<Record<ProviderId, () => Promise<Cloud>>> = {
  aws: async () => createCloud((await import('../aws/driver.ts')).awsDriver),
  google: async () => createCloud((await import('../google/driver.ts')).googleDriver),
  azure: async () => createCloud((await import('../azure/driver.ts')).azureDriver),
};
