import type { Target } from '../engine/target.ts';

/** What everything that is created is named after. */
export function baseName(target: Pick<Target, 'name' | 'stage'>): string {
  return `${target.name}-${target.stage}`;
}

/** The deployment inside the resource group: always the same, so that Azure sees two at once. */
export const deploymentName = 'tricloud';

/** The container from which the app starts. */
export const deploymentContainer = 'deployments';

/** The container in which the archives stay, for `rollback`. */
export const releasesContainer = 'releases';

/** The tags of the resource group. */
export const tags = {
  /** Says whose it is: the base name. Without it the group is somebody else's. */
  owner: 'tricloud',
  /** SHA-256 of what was deployed apart from the archive. */
  settings: 'tricloud-settings',
  /** SHA-256 of the archive that runs. */
  archive: 'tricloud-archive',
  /** SHA-256 of the archive to which `rollback` goes. */
  previous: 'tricloud-previous',
  changedAt: 'tricloud-changed-at',
} as const;

/** A settings or archive tag while what it tells of is being changed. */
export const changing = 'changing';
