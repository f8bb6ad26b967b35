import type { FetchHandler } from '@tricloud/adapters';
import { createApp } from './app.ts';
import { corsOriginsFromEnvironment } from './cors.ts';

/** The function that ships, configured by its environment: `TRICLOUD_CORS_ORIGINS`. */
export const handler: FetchHandler = createApp({ corsOrigins: corsOriginsFromEnvironment() }).fetch;
