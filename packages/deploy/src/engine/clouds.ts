import type { ProviderId } from '@tricloud/core';
import { aws } from '../aws/aws.ts';
import { azureDriver } from '../azure/driver.ts';
import type { Cloud } from './cloud.ts';
import { createCloud } from './create-cloud.ts';
import { googleDriver } from '../google/driver.ts';

/** The three clouds. */
export const clouds: Readonly<Record<ProviderId, Cloud>> = {
  aws,
  google: createCloud(googleDriver),
  azure: createCloud(azureDriver),
};
