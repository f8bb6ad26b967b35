import * as v from 'valibot';
import { CredentialsError } from '../../engine/errors.ts';
import type { Difference } from '../../engine/plan.ts';
import type { GoogleSession } from '../credentials/session.ts';
import { signIn } from '../errors/errors.ts';
import { invokerRole, publicGrant } from '../template/grants.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { areSame, type GrantedRole, isGranted, readMembers } from './iam-policy.ts';

/** The Cloud Run service that a function is. */
export function serviceOf({ names }: GoogleSession, deployed: DeployedFunction | null): string {
  return deployed?.serviceConfig.service || names.service;
}

/** The role of those who may call a service. */
export function invokersOf(service: string): GrantedRole {
  return { api: 'run', resource: `v2/${service}`, role: invokerRole };
}

const Service = v.object({ invokerIamDisabled: v.optional(v.boolean(), false) });

/** True where Cloud Run lets everyone call, whatever the policy says. */
export async function isInvokerCheckDisabled({ api }: GoogleSession, service: string) {
  const { invokerIamDisabled } = await api.call('run GetService', Service, `v2/${service}`);
  return invokerIamDisabled;
}

/** True where everyone may call, by the policy or by Cloud Run's own setting. */
export async function isPublic(session: GoogleSession, service: string): Promise<boolean> {
  return (
    (await isGranted(session, publicGrant(service))) ||
    (await isInvokerCheckDisabled(session, service))
  );
}

/**
 * The members that may call a function with `auth: 'iam'`: those of the target, or the deployer alone.
 *
 * @throws {CredentialsError} where no member is named and the credentials do not identify the deployer.
 */
export async function plannedInvokers({ target, identity }: GoogleSession) {
  if (target.invokers.length > 0) return target.invokers;
  const deployer = await identity.member();
  if (deployer !== null) return [deployer];
  const message =
    'the credentials do not say who deploys: name those who may call the function, as google.invokers in the config file';
  throw new CredentialsError('google', message, { hint: signIn });
}

/** What a deployment would change about who can call the function. */
export async function accessDifferences(
  session: GoogleSession,
  deployed: DeployedFunction | null,
): Promise<readonly Difference[]> {
  const what = 'access';
  const planned = () => plannedAccess(session);
  if (deployed === null) return [{ what, deployed: null, planned: await planned() }];
  const service = serviceOf(session, deployed);
  if (session.target.auth === 'none') {
    if (await isPublic(session, service)) return [];
    return [{ what, deployed: 'not everyone', planned: await planned() }];
  }
  const members = await readMembers(session, invokersOf(service));
  if (await isInvokerCheckDisabled(session, service)) {
    return [{ what, deployed: 'everyone (invokerIamDisabled)', planned: await planned() }];
  }
  if (areSame(members, await plannedInvokers(session))) return [];
  return [{ what, deployed: members.join(', ') || 'nobody', planned: await planned() }];
}

const OrganizationPolicy = v.object({
  listPolicy: v.optional(
    v.object({
      allValues: v.optional(v.string()),
      allowedValues: v.optional(v.array(v.string()), []),
    }),
  ),
});

/** Who could call, and which of Google's two settings would let everyone. */
async function plannedAccess(session: GoogleSession): Promise<string> {
  if (session.target.auth === 'iam') return (await plannedInvokers(session)).join(', ');
  // https://cloud.google.com/resource-manager/docs/organization-policy/restricting-domains (2026-12-01)
  const path = `v1/projects/${session.names.project}:getEffectiveOrgPolicy`;
  const policy = await session.api
    .call('cloudresourcemanager GetEffectiveOrgPolicy', OrganizationPolicy, path, {
      constraint: 'constraints/iam.allowedPolicyMemberDomains',
    })
    .catch(() => null);
  if (policy === null) {
    return 'everyone (allUsers, or invokerIamDisabled where the organization refuses that)';
  }
  const { allValues, allowedValues = [] } = policy.listPolicy ?? {};
  return allValues === 'DENY' || allowedValues.length > 0
    ? 'everyone (invokerIamDisabled, because the organization refuses allUsers)'
    : 'everyone (allUsers)';
}
