import * as v from 'valibot';
import type { GoogleSession } from '../credentials/session.ts';
import { nullIfMissing } from '../errors/api-error.ts';

const Account = v.object({ email: v.string(), description: v.optional(v.string(), '') });

/** Whether the account that the function runs as exists, and tricloud made it. */
export type AccountState = 'missing' | 'ours' | 'foreign';

/** Reads the account that the function runs as. */
export async function readAccountState({ api, names }: GoogleSession): Promise<AccountState> {
  const path = accountPath(names);
  const account = await nullIfMissing(api.call('iam GetServiceAccount', Account, path));
  if (account === null) return 'missing';
  return account.description === names.serviceAccountPurpose ? 'ours' : 'foreign';
}

/** Path of the account in the IAM API. */
export function accountPath({ project, serviceAccount }: GoogleSession['names']): string {
  return `v1/projects/${project}/serviceAccounts/${serviceAccount}`;
}
