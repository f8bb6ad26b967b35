import type { Status } from './cloud.ts';

/** The status of what is not there. */
export const notDeployed: Status = {
  isDeployed: false,
  state: null,
  isBusy: false,
  url: null,
  noUrlBecause: null,
  changedAt: null,
  packageSha256: null,
  previousPackageSha256: null,
  facts: [],
};
