import { createHandler } from './create-handler.ts';
import { corsOriginsFromEnvironment } from './environment.ts';

/** The function that ships, configured by its environment: `TRICLOUD_CORS_ORIGINS`. */
export const handler = createHandler({ corsOrigins: corsOriginsFromEnvironment() });
