import { poll, retryWhile } from '../../engine/poll.ts';
import { notOurs } from '../../engine/refusals.ts';
import type { GoogleSession } from '../credentials/session.ts';
import { isApiError, nullIfMissing } from '../errors/api-error.ts';
import { accountPath, type AccountState, readAccountState } from '../state/account-state.ts';

/**
 * Creates the account that the function runs as, without any role, where it is missing. The platform's default account
 * is an editor of the whole project in many of them
 * (https://cloud.google.com/run/docs/configuring/services/service-identity, 2026-11-22).
 */
export async function ensureAccount(session: GoogleSession, found: AccountState): Promise<void> {
  const { api, names, target, timing, signal } = session;
  refuseForeign(session, found);
  if (found === 'ours') return;
  const displayName = `${target.name} ${target.stage} (${target.region})`.slice(0, 100);
  try {
    await api.send('iam CreateServiceAccount', `v1/projects/${names.project}/serviceAccounts`, {
      accountId: names.serviceAccountId,
      serviceAccount: { displayName, description: names.serviceAccountPurpose },
    });
  } catch (error) {
    if (!isApiError(error, 'ALREADY_EXISTS')) throw error;
  }
  session.track(accountName(session));
  const options = { timing, signal, limitMs: propagationMs };
  refuseForeign(
    session,
    await poll(
      () => readAccountState(session),
      (state) => state !== 'missing',
      options,
    ),
  );
}

/** Removes the account; it is no error where it is gone. */
export async function removeAccount({ api, names }: GoogleSession): Promise<void> {
  await nullIfMissing(api.send('iam DeleteServiceAccount', accountPath(names)));
}

/** The account as it is named to the deployer. */
export function accountName({ names }: GoogleSession): string {
  return `service account ${names.serviceAccount}`;
}

// https://cloud.google.com/iam/docs/service-accounts-create (2026-11-22): a minute or more.
const propagationMs = 90_000;
const unknown = ['NOT_FOUND', 'INVALID_ARGUMENT', 'FAILED_PRECONDITION', 'PERMISSION_DENIED'];

/** Repeats a request that names an account which this run created, until the service knows the account. */
export function onceKnown<T>(session: GoogleSession, request: () => Promise<T>): Promise<T> {
  const { names, progress, timing, signal } = session;
  const isNew = progress.created.includes(accountName(session));
  const isUnknown = (error: unknown) =>
    isNew && isApiError(error, ...unknown) && error.message.includes(names.serviceAccount);
  return retryWhile(request, isUnknown, { timing, signal, limitMs: propagationMs });
}

function refuseForeign(session: GoogleSession, state: AccountState): void {
  if (state === 'foreign') throw notOurs(session, `the ${accountName(session)}`);
}
