import { fileURLToPath } from 'node:url';

const apps = new URL('../../../apps/', import.meta.url);

/** The three deployables of this repository. */
export const appDirs = {
  aws: fileURLToPath(new URL('aws-lambda', apps)),
  google: fileURLToPath(new URL('google-cloud-functions', apps)),
  azure: fileURLToPath(new URL('azure-functions', apps)),
};

/** A function that misbehaves on request. */
export const fixtureFunction = fileURLToPath(new URL('fixtures/function.ts', import.meta.url));
