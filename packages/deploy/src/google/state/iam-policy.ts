import * as v from 'valibot';
import { retryWhile } from '../../engine/poll.ts';
import type { GoogleSession } from '../credentials/session.ts';
import { isApiError } from '../errors/api-error.ts';
import type { Grant } from '../template/grants.ts';

const Binding = v.looseObject({
  role: v.string(),
  members: v.optional(v.array(v.string()), []),
  condition: v.optional(v.unknown()),
});

const Policy = v.looseObject({ bindings: v.optional(v.array(Binding), []) });

/** A role on a resource, whoever has it. */
export type GrantedRole = Omit<Grant, 'member'>;

/** True where the policy has the grant, without a condition. */
export async function isGranted(session: GoogleSession, grant: Grant): Promise<boolean> {
  const { bindings } = await readPolicy(session, grant);
  return membersOf(bindings.filter(isOf(grant))).includes(grant.member);
}

/** Adds the grant and leaves all others; false where the policy had it. */
export function addGrant(session: GoogleSession, grant: Grant): Promise<boolean> {
  return changeMembers(session, grant, isOf(grant), (members) =>
    members.includes(grant.member) ? members : [...members, grant.member],
  );
}

/** Removes the grant and leaves all others; false where the policy did not have it. */
export function removeGrant(session: GoogleSession, grant: Grant): Promise<boolean> {
  return changeMembers(session, grant, isOf(grant), (members) =>
    members.filter((member) => member !== grant.member),
  );
}

/** The members that have a role, under a condition included. */
export async function readMembers(
  session: GoogleSession,
  granted: GrantedRole,
): Promise<readonly string[]> {
  const { bindings } = await readPolicy(session, granted);
  return membersOf(bindings.filter(({ role }) => role === granted.role));
}

/** Gives a role to these members and to nobody else, under a condition included; false where it was so. */
export function setMembers(
  session: GoogleSession,
  granted: GrantedRole,
  members: readonly string[],
): Promise<boolean> {
  return changeMembers(
    session,
    granted,
    ({ role }) => role === granted.role,
    () => members,
  );
}

/** True for the same members in any order. */
export function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((member) => b.includes(member));
}

type Binding = v.InferOutput<typeof Binding>;

function isOf(granted: GrantedRole): (binding: Binding) => boolean {
  return ({ role, condition }) => role === granted.role && condition === undefined;
}

function membersOf(bindings: readonly Binding[]): readonly string[] {
  return bindings.flatMap(({ members }) => members);
}

/** Reads, changes, and writes with the etag that was read; again where somebody else was faster. */
function changeMembers(
  session: GoogleSession,
  { api, resource, role }: GrantedRole,
  isChanged: (binding: Binding) => boolean,
  change: (members: readonly string[]) => readonly string[],
): Promise<boolean> {
  const write = async () => {
    const policy = await readPolicy(session, { api, resource });
    const before = membersOf(policy.bindings.filter(isChanged));
    const members = change(before);
    if (areSame(before, members)) return false;
    const others = policy.bindings.filter((binding) => !isChanged(binding));
    const bindings = members.length === 0 ? others : [...others, { role, members }];
    await session.api.send(`${api} SetIamPolicy`, `${resource}:setIamPolicy`, {
      policy: { ...policy, bindings },
    });
    return true;
  };
  const { timing, signal } = session;
  const options = { timing, signal, intervalMs: 500, limitMs: 10_000 };
  return retryWhile(write, (error) => isApiError(error, 'ABORTED'), options);
}

function readPolicy(
  { api: google }: GoogleSession,
  { api, resource }: Pick<Grant, 'api' | 'resource'>,
) {
  // Conditions are part of an answer from version 3 on: https://cloud.google.com/iam/docs/policies#versions
  const path = `${resource}:getIamPolicy?options.requestedPolicyVersion=3`;
  return google.call(`${api} GetIamPolicy`, Policy, path);
}
