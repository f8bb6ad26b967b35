import type { DeployedFunction } from './deployed-function.ts';
import type { Grant } from './iam-policy.ts';
import type { Names } from './names.ts';

/**
 * Everybody may call the function. Of a second-generation function that is a matter of its Cloud Run service's policy,
 * and so gcloud's `--allow-unauthenticated` has it: the function's own policy says who may manage it
 * (https://cloud.google.com/run/docs/authenticating/public, 2026-11-22).
 */
export function publicGrant(names: Names, deployed: DeployedFunction | null): Grant {
  const service = deployed?.service.name || names.service;
  return { api: 'run', resource: `v2/${service}`, role: 'roles/run.invoker', member: 'allUsers' };
}

/** The function may read these secrets, and no other. */
export function secretGrants(
  names: Names,
  secrets: readonly { readonly projectId: string; readonly secret: string }[],
): readonly Grant[] {
  const resources = secrets.map(
    ({ projectId, secret }) => `v1/projects/${projectId || names.project}/secrets/${secret}`,
  );
  return [...new Set(resources)].map((resource) => ({
    api: 'secretmanager',
    resource,
    role: 'roles/secretmanager.secretAccessor',
    member: `serviceAccount:${names.serviceAccount}`,
  }));
}

/** A grant in a few words. */
export function grantName({ resource, role, member }: Grant): string {
  return `${role} for ${member} on ${resource.replace(/^v\d\//, '')}`;
}
