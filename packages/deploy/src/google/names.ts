import { createHash } from 'node:crypto';
import type { Target } from '../engine/target.ts';

/** What a deployment's parts are called. */
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
  /** What the service account says of itself; by it a later run knows its own. */
  readonly serviceAccountPurpose: string;
}

/** What stands for a project that nobody named yet. */
export const unknownProject = 'PROJECT_ID';

/** The names of everything that belongs to a target in a project. */
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

/** The name and the stage in one. */
export function functionIdOf({ name, stage }: Pick<Target, 'name' | 'stage'>): string {
  return `${name}-${stage}`;
}

// A service account belongs to the project, a function to a region; and an id has 6 to 30 characters
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
