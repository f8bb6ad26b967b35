import type { Group } from './group.ts';
import type { Site } from './site.ts';

/** What is deployed: a resource group, and the app in it. */
export interface Deployed {
  readonly group: Group;
  /** Null where there is none yet. */
  readonly site: Site | null;
  /** True where this run has deployed the template: its roles may not have taken effect yet. */
  readonly isNew: boolean;
}
