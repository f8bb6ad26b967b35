import { regionsOf } from '@tricloud/core';

/** Regions with Cloud Run functions. */
export const regions: ReadonlySet<string> = new Set(regionsOf('google'));
