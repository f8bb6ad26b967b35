import { regionsOf } from '@tricloud/core/catalog';

/** Regions with Cloud Run functions. */
export const regions: ReadonlySet<string> = new Set(regionsOf('google'));
