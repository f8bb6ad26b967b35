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

/** The facts of a status that are known, in their order. */
export function factsOf(
  all: readonly (readonly [name: string, value: string | number | null | undefined])[],
): Status['facts'] {
  return all.flatMap(([name, value]) => (value ? [{ name, value: String(value) }] : []));
}
