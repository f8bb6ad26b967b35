import type { Archive } from '../archive/archive.ts';
import type { Difference } from '../engine/plan.ts';
import { isApiError } from './api-error.ts';
import { archiveDifferences, settingsDifferences } from './differences.ts';
import { secretsOf } from './function-body.ts';
import { grantName, publicGrant, secretGrants } from './grants.ts';
import { type Grant, isGranted } from './iam-policy.ts';
import { outgrownGrants } from './secrets-once-read.ts';
import type { Session } from './session.ts';

/** Everything that a deployment would change. */
export async function allDifferences(
  session: Session,
  archive: Archive,
): Promise<readonly Difference[]> {
  const { functions, names, target } = session;
  const found = await functions.get();
  if (found === null) {
    return [{ what: `function ${names.functionId}`, deployed: null, planned: 'new' }];
  }
  const grants = [
    publicGrant(names, found),
    ...secretGrants(names, secretsOf(target, names.project)),
  ];
  const gone = await outgrownGrants(session, found).catch((error: unknown) => {
    if (isApiError(error, 'PERMISSION_DENIED')) return [];
    throw error;
  });
  const missing = await Promise.all(grants.map((grant) => grantDifference(session, grant)));
  return [
    ...archiveDifferences(archive.sha256, found),
    ...settingsDifferences(target, names, found),
    ...missing.flat(),
    ...gone.map((grant) => ({ what: grantName(grant), deployed: 'granted', planned: null })),
  ];
}

/** Whoever may not read a policy is not told of it. */
async function grantDifference(session: Session, grant: Grant): Promise<readonly Difference[]> {
  try {
    if (await isGranted(session, grant)) return [];
  } catch (error) {
    if (isApiError(error, 'PERMISSION_DENIED')) return [];
    if (!isApiError(error, 'NOT_FOUND')) throw error;
  }
  return [{ what: grantName(grant), deployed: null, planned: 'granted' }];
}
