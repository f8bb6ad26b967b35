import * as v from 'valibot';
import { isApiError } from './api-error.ts';
import type { Session } from './session.ts';

/** Somebody who may do something with a resource of its own policy. */
export interface Grant {
  readonly api: 'run' | 'secretmanager';
  /** With the API's version, such as `v2/projects/…/services/…`. */
  readonly resource: string;
  readonly role: string;
  /** Such as `allUsers`. */
  readonly member: string;
}

const Policy = v.looseObject({
  version: v.optional(v.number()),
  etag: v.optional(v.string()),
  bindings: v.optional(
    v.array(
      v.looseObject({
        role: v.string(),
        members: v.optional(v.array(v.string()), []),
        condition: v.optional(v.unknown()),
      }),
    ),
    [],
  ),
});

type IamPolicy = v.InferOutput<typeof Policy>;

/** Whether the grant is there already. */
export async function isGranted(session: Session, grant: Grant): Promise<boolean> {
  return holds(await readPolicy(session, grant), grant);
}

/** Adds the grant and leaves all others; false where it was there already. */
export function addGrant(session: Session, grant: Grant): Promise<boolean> {
  return changePolicy(session, grant, (policy) =>
    holds(policy, grant) ? null : withGrant(policy, grant),
  );
}

/** Takes the grant back and leaves all others; false where it was not there. */
export function takeGrant(session: Session, grant: Grant): Promise<boolean> {
  return changePolicy(session, grant, (policy) =>
    holds(policy, grant) ? withoutGrant(policy, grant) : null,
  );
}

const attempts = 5;

/** Reads, changes and writes with the etag that was read, anew when somebody else was quicker. */
async function changePolicy(
  session: Session,
  grant: Grant,
  change: (policy: IamPolicy) => IamPolicy | null,
): Promise<boolean> {
  const { rest, pace, context } = session;
  for (let attempt = 1; ; attempt++) {
    const policy = change(await readPolicy(session, grant));
    if (policy === null) return false;
    try {
      await rest({
        api: grant.api,
        call: `${grant.api} SetIamPolicy`,
        method: 'POST',
        path: `${grant.resource}:setIamPolicy`,
        body: { policy },
        isRepeatable: true,
      });
      return true;
    } catch (error) {
      if (attempt >= attempts || !isApiError(error, 'ABORTED')) throw error;
      await pace.wait(500 * attempt, context.signal);
    }
  }
}

async function readPolicy({ rest }: Session, { api, resource }: Grant): Promise<IamPolicy> {
  const { body } = await rest({
    api,
    call: `${api} GetIamPolicy`,
    method: 'GET',
    // Conditions are told, and so kept, from version 3 on: https://cloud.google.com/iam/docs/policies#versions
    path: `${resource}:getIamPolicy?options.requestedPolicyVersion=3`,
  });
  return v.parse(Policy, body);
}

function isIts({ role, condition }: IamPolicy['bindings'][number], grant: Grant): boolean {
  return role === grant.role && condition === undefined;
}

function holds({ bindings }: IamPolicy, grant: Grant): boolean {
  return bindings.some(
    (binding) => isIts(binding, grant) && binding.members.includes(grant.member),
  );
}

function withGrant(policy: IamPolicy, grant: Grant): IamPolicy {
  const { role, member } = grant;
  const others = policy.bindings.filter((binding) => !isIts(binding, grant));
  const members = policy.bindings
    .filter((binding) => isIts(binding, grant))
    .flatMap((b) => b.members);
  return { ...policy, bindings: [...others, { role, members: [...members, member] }] };
}

function withoutGrant(policy: IamPolicy, grant: Grant): IamPolicy {
  const bindings = policy.bindings
    .map((binding) =>
      isIts(binding, grant)
        ? { ...binding, members: binding.members.filter((member) => member !== grant.member) }
        : binding,
    )
    .filter(({ members }) => members.length > 0);
  return { ...policy, bindings };
}
