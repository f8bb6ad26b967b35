import type { GoogleSession } from '../credentials/session.ts';
import { isApiError } from '../errors/api-error.ts';
import {
  invokersOf,
  isInvokerCheckDisabled,
  isPublic,
  plannedInvokers,
  serviceOf,
} from '../state/access.ts';
import type { DeployedFunction } from '../state/deployed-function.ts';
import { addGrant, setMembers } from '../state/iam-policy.ts';
import { operationError, OperationSchema, waitForOperation } from '../state/operations.ts';
import { publicGrant } from '../template/grants.ts';

/**
 * Lets everyone call the function, or only those whom the target names. It follows every deployment: the
 * Functions API does not know Cloud Run's `invokerIamDisabled`, and may reset it.
 */
export function setAccess(
  session: GoogleSession,
  deployed: DeployedFunction | null,
): Promise<void> {
  const service = serviceOf(session, deployed);
  return session.step('set who can call the function', async (progress) => {
    if (session.target.auth === 'iam') return restrict(session, service);
    if (await isPublic(session, service)) return;
    try {
      await addGrant(session, publicGrant(service));
    } catch (error) {
      // Domain restricted sharing; https://cloud.google.com/run/docs/authenticating/public (2026-12-01).
      if (!isApiError(error, 'FAILED_PRECONDITION')) throw error;
      progress('the organization refuses allUsers: invokerIamDisabled is set instead');
      await setInvokerCheck(session, service, { isDisabled: true });
    }
  });
}

async function restrict(session: GoogleSession, service: string): Promise<void> {
  await setMembers(session, invokersOf(service), await plannedInvokers(session));
  if (await isInvokerCheckDisabled(session, service)) {
    await setInvokerCheck(session, service, { isDisabled: false });
  }
}

async function setInvokerCheck(
  session: GoogleSession,
  service: string,
  { isDisabled }: { readonly isDisabled: boolean },
): Promise<void> {
  const path = `v2/${service}?updateMask=invokerIamDisabled`;
  const body = { name: service, invokerIamDisabled: isDisabled };
  const started = await session.api.call('run UpdateService', OperationSchema, path, body);
  const error = operationError(session, await waitForOperation(session, 'run', started));
  if (error !== null) throw error;
}
