import * as v from 'valibot';
import { check, type Check } from '../../engine/check.ts';
import { builderRole, grantCommand } from '../errors/errors.ts';
import type { GoogleSession } from './session.ts';

const DefaultAccount = v.object({ serviceAccountEmail: v.optional(v.string(), '') });

/**
 * The account that builds the function: the target's own or the project's default; null where Cloud Build has none.
 * https://cloud.google.com/build/docs/api/reference/rest/v1/projects.locations/getDefaultServiceAccount (2026-12-01)
 */
export async function findBuildAccount(session: GoogleSession): Promise<string | null> {
  const { api, names, target } = session;
  if (target.buildAccount !== null) return target.buildAccount;
  const method = 'cloudbuild GetDefaultServiceAccount';
  const path = `v1/${names.location}/defaultServiceAccount`;
  const { serviceAccountEmail } = await api.call(method, DefaultAccount, path);
  return serviceAccountEmail.split('/').at(-1) || null;
}

const ProjectPolicy = v.object({
  bindings: v.optional(
    v.array(v.object({ role: v.string(), members: v.optional(v.array(v.string()), []) })),
    [],
  ),
});

/** Roles that a build needs one of. */
const sufficientRoles = [builderRole, 'roles/editor', 'roles/owner'];

/** Projects since July 2024 build as a default account that may have no role. */
export async function checkBuildAccount(session: GoogleSession): Promise<readonly Check[]> {
  const account = await findBuildAccount(session);
  if (account === null) {
    const found = 'Cloud Build has no default account in this project';
    return [check('build account', 'unknown', found)];
  }
  const { project } = session.names;
  const path = `v1/projects/${project}:getIamPolicy`;
  const options = { requestedPolicyVersion: 3 };
  const method = 'cloudresourcemanager GetIamPolicy';
  const { bindings } = await session.api.call(method, ProjectPolicy, path, { options });
  const member = `serviceAccount:${account}`;
  const has = (role: string) =>
    bindings.some((binding) => binding.role === role && binding.members.includes(member));
  const role = sufficientRoles.find(has);
  if (role !== undefined) return [check('build account', 'good', `${account} has ${role}`)];
  const found = `${account} does not have ${builderRole}; a build may fail`;
  return [check('build account', 'warning', found, grantCommand(project, member, builderRole))];
}
