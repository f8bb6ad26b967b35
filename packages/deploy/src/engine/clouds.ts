import type { ProviderId } from '@tricloud/core';
import { awsDriver } from '../aws/driver.ts';
import { azureDriver } from '../azure/driver.ts';
import { googleDriver } from '../google/driver.ts';
import type { Cloud } from './cloud.ts';
import { createCloud } from './create-cloud.ts';

/** The three clouds. */
export const clouds: Readonly<Record<ProviderId, Cloud>> = {
  aws: createCloud(awsDriver),
  google: createCloud(googleDriver),
  azure: createCloud(azureDriver),
};
