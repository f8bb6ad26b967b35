import type { Target } from '../../engine/target.ts';
import { secretsOf } from './function-body.ts';
import type { Names } from './names.ts';

/** A role that a member has on a resource with a policy of its own. */
export interface Grant {
  readonly api: 'run' | 'secretmanager';
  /** With the API's version, such as `v2/projects/…/services/…`. */
  readonly resource: string;
  readonly role: string;
  /** Such as `allUsers`. */
  readonly member: string;
}

/**
 * The role of a caller. It belongs to the policy of the Cloud Run service that a function is, as with gcloud's
 * `--allow-unauthenticated`: the function's own policy says who may manage it
 * (https://cloud.google.com/run/docs/authenticating/public, 2026-11-22).
 */
export const invokerRole = 'roles/run.invoker';

/** Everyone may call the service. */
export function publicGrant(service: string): Grant {
  return { api: 'run', resource: `v2/${service}`, role: invokerRole, member: 'allUsers' };
}

/** The function may read the secrets that its target names. */
export function secretGrants(target: Target, names: Names): readonly Grant[] {
  return grantsOn(secretsOf(target, names.project), names);
}

/** The function may read these secrets. */
export function grantsOn(
  secrets: readonly { readonly projectId: string; readonly secret: string }[],
  { project, serviceAccount }: Names,
): readonly Grant[] {
  const resources = secrets.map(
    ({ projectId, secret }) => `v1/projects/${projectId || project}/secrets/${secret}`,
  );
  return [...new Set(resources)].map((resource) => ({
    api: 'secretmanager',
    resource,
    role: 'roles/secretmanager.secretAccessor',
    member: `serviceAccount:${serviceAccount}`,
  }));
}

/** A grant in a few words. */
export function grantName(grant: Grant): string {
  return `${grant.role} for ${grant.member} on ${resourceName(grant)}`;
}

/** The full name of the resource, without the API's version. */
export function resourceName({ resource }: Grant): string {
  return resource.replace(/^v\d\//, '');
}
