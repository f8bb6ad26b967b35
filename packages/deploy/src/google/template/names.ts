import { createHash } from 'node:crypto';
import type { Target } from '../../engine/target.ts';

/** Names of the resources of a deployment. */
export interface Names {
  readonly project: string;
  readonly region: string;
  readonly functionId: string;
  /** `projects/…/locations/…` */
  readonly location: string;
  /** `projects/…/locations/…/functions/…` */
  readonly function: string;
  /** `projects/…/locations/…/services/…`: the Cloud Run service that the function is. */
  readonly service: string;
  readonly serviceAccountId: string;
  readonly serviceAccount: string;
  /** Description of the service account, by which a later run recognises it. */
  readonly serviceAccountPurpose: string;
}

/** Placeholder of a project that nobody has named. */
export const unknownProject = 'PROJECT_ID';

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects (2026-11-22). */
export const projectPattern = /^(?:[a-z0-9][a-z0-9.-]*[a-z0-9]:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;

/** Names of everything that belongs to a target in a project. */
export function namesOf(target: Target, project: string): Names {
  const functionId = functionIdOf(target);
  const location = `projects/${project}/locations/${target.region}`;
  const serviceAccountId = serviceAccountIdOf(functionId, target.region);
  return {
    project,
    region: target.region,
    functionId,
    location,
    function: `${location}/functions/${functionId}`,
    service: `${location}/services/${functionId}`,
    serviceAccountId,
    serviceAccount: emailOf(serviceAccountId, project),
    serviceAccountPurpose: `The function ${functionId} in ${target.region} runs as this account; made by tricloud.`,
  };
}

/** Name and stage in one. */
export function functionIdOf({ name, stage }: Pick<Target, 'name' | 'stage'>): string {
  return `${name}-${stage}`;
}

// A service account belongs to the project, a function to a region; an id has 6 to 30 characters
// (https://cloud.google.com/iam/docs/service-accounts-create, 2026-11-22).
function serviceAccountIdOf(functionId: string, region: string): string {
  const hash = createHash('sha256').update(`${region}/${functionId}`).digest('hex').slice(0, 8);
  return `${functionId.slice(0, 21)}-${hash}`;
}

// A project of a domain, such as example.com:shop, has its parts in reverse.
function emailOf(id: string, project: string): string {
  const domain = project.split(':').toReversed().join('.');
  return `${id}@${domain}.iam.gserviceaccount.com`;
}
