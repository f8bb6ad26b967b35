import * as v from 'valibot';
import { DeployError } from '../engine/errors.ts';
import { isApiError } from './api-error.ts';
import type { Session } from './session.ts';

const Account = v.object({ email: v.string(), description: v.optional(v.string(), '') });

/** Whether the account that the function runs as is there, and ours. */
export type AccountState = 'missing' | 'ours' | 'foreign';

/** Looks for the account that the function runs as. */
export async function accountState({ rest, names }: Session): Promise<AccountState> {
  try {
    const { body } = await rest({
      api: 'iam',
      call: 'GetServiceAccount',
      method: 'GET',
      path: pathOf(names),
    });
    const { description } = v.parse(Account, body);
    return description === names.serviceAccountPurpose ? 'ours' : 'foreign';
  } catch (error) {
    if (isApiError(error, 'NOT_FOUND')) return 'missing';
    throw error;
  }
}

/**
 * Makes the account that the function runs as, with no role anywhere, where it is missing. The platform's default
 * account is an editor of the whole project in many of them
 * (https://cloud.google.com/run/docs/configuring/services/service-identity, 2026-11-22).
 *
 * @returns whether it was made.
 */
export async function ensureAccount(session: Session): Promise<boolean> {
  const { rest, names, target } = session;
  const state = await accountState(session);
  if (state === 'foreign') refuseForeign(session);
  if (state === 'ours') return false;
  const displayName = `${target.name} ${target.stage} (${target.region})`.slice(0, 100);
  try {
    await rest({
      api: 'iam',
      call: 'CreateServiceAccount',
      method: 'POST',
      path: `v1/projects/${names.project}/serviceAccounts`,
      body: {
        accountId: names.serviceAccountId,
        serviceAccount: { displayName, description: names.serviceAccountPurpose },
      },
    });
  } catch (error) {
    if (!isApiError(error, 'ALREADY_EXISTS')) throw error;
  }
  await waitUntilKnown(session);
  return true;
}

/** Removes the account; false where it was not there, or is not ours. */
export async function removeAccount(session: Session): Promise<boolean> {
  const { rest, names } = session;
  if ((await accountState(session)) !== 'ours') return false;
  const call = 'DeleteServiceAccount';
  const path = pathOf(names);
  try {
    await rest({ api: 'iam', call, method: 'DELETE', path, isRepeatable: true });
    return true;
  } catch (error) {
    if (isApiError(error, 'NOT_FOUND')) return false;
    throw error;
  }
}

/**
 * Sends what names a new account again as long as a service does not know it yet: that takes a minute or more
 * (https://cloud.google.com/iam/docs/service-accounts-create, 2026-11-22).
 */
export async function onceKnown<T>(
  session: Session,
  isNew: boolean,
  send: () => Promise<T>,
): Promise<T> {
  const { names, pace, context } = session;
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      return await send();
    } catch (error) {
      const isUnknown =
        isApiError(
          error,
          'NOT_FOUND',
          'INVALID_ARGUMENT',
          'FAILED_PRECONDITION',
          'PERMISSION_DENIED',
        ) && error.message.includes(names.serviceAccount);
      if (!isNew || !isUnknown || waitedMs >= longestMs) throw error;
      await pace.wait(pauseMs, context.signal);
    }
  }
}

const pauseMs = 5_000;
const longestMs = 90_000;

async function waitUntilKnown(session: Session): Promise<void> {
  const { pace, context } = session;
  for (let waitedMs = 0; waitedMs < longestMs; waitedMs += 1000) {
    const state = await accountState(session);
    if (state === 'foreign') refuseForeign(session);
    if (state === 'ours') return;
    await pace.wait(1000, context.signal);
  }
}

function refuseForeign({ names }: Session): never {
  throw new DeployError(
    'google',
    `the service account ${names.serviceAccount} is there already, and not of tricloud’s making`,
    { hint: 'choose another --name or --stage' },
  );
}

function pathOf({ project, serviceAccount }: Session['names']): string {
  return `v1/projects/${project}/serviceAccounts/${serviceAccount}`;
}
