import type { DeploymentPackage } from '@tricloud/build';
import type { Driver } from '../../engine/driver.ts';
import type { GoogleSession } from '../credentials/session.ts';
import { plannedInvokers } from '../state/access.ts';
import { addGrant } from '../state/iam-policy.ts';
import type { Deployed } from '../state/state.ts';
import { grantName, resourceName, secretGrants } from '../template/grants.ts';
import { removals, remove } from './remove.ts';
import { ensureAccount, onceKnown } from './service-account.ts';

/** Everything besides the function itself. */
export const apply: Driver<GoogleSession, Deployed>['apply'] = {
  apply: applyTarget,
  removals,
  remove,
};

async function applyTarget(
  session: GoogleSession,
  _deploymentPackage: DeploymentPackage,
  found: Deployed | null,
): Promise<Deployed> {
  // Nothing is created while the callers are unknown.
  if (session.target.auth === 'iam') await plannedInvokers(session);
  const account = found?.account ?? 'missing';
  if (account === 'ours') session.skip('create the service account', 'it exists');
  else await session.step('create the service account', () => ensureAccount(session, account));
  for (const grant of secretGrants(session.target, session.names)) {
    await session.step(`grant access to ${resourceName(grant)}`, async () => {
      if (await onceKnown(session, () => addGrant(session, grant))) {
        session.track(grantName(grant));
      }
    });
  }
  return { function: found?.function ?? null, account: 'ours' };
}
