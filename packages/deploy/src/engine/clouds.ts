import type { ProviderId } from '@tricloud/core';
import { aws } from '../aws/aws.ts';
import { azure } from '../azure/azure.ts';
import type { Cloud } from './cloud.ts';
import { google } from '../google/google.ts';

/** The three clouds. */
export const clouds: Readonly<Record<ProviderId, Cloud>> = { aws, google, azure };
