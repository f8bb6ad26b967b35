import { fileURLToPath } from 'node:url';

/** Folder of the three apps of this repository. */
export const appsDir = fileURLToPath(new URL('../../../apps/', import.meta.url));

/** A function that misbehaves on request. */
export const fixtureFunction = fileURLToPath(new URL('fixtures/function.ts', import.meta.url));
