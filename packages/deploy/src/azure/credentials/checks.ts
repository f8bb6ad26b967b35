import * as v from 'valibot';
import { askAll, type Check, check, clockCheck, failedCheck } from '../../engine/check.ts';
import type { Run } from '../../engine/run.ts';
import { readFailure, registerCommand } from '../errors/errors.ts';
import { apiVersions } from '../template/versions.ts';
import { regionChecks } from './region-checks.ts';
import { type AzureSession, openSession } from './session.ts';

/** Resource providers of the template's resources. */
const namespaces = [
  'Microsoft.Web',
  'Microsoft.Storage',
  'Microsoft.OperationalInsights',
  'Microsoft.Insights',
];

/** Checks prerequisites. Nothing is changed, and no value of a credential is shown. */
export async function* checks(run: Run): AsyncGenerator<Check> {
  let session: AzureSession;
  try {
    session = await openSession(run);
  } catch (error) {
    yield failedCheck(run, readFailure, ['credentials', 'bad', error]);
    return;
  }
  const { source, principal, tenantId } = session.signedIn;
  const who = principal.type === 'User' ? 'a user' : 'a service principal';
  const tenant = tenantId === null ? '' : `, tenant ${tenantId}`;
  yield check('credentials', 'good', `${source}, ${who}${tenant}`);
  yield* askAll(run, readFailure, [
    ['subscription', () => subscriptionChecks(session)],
    ...namespaces.map((each) => [each, () => providerChecks(each, session)] as const),
    ['region', () => regionChecks(session)],
  ]);
}

async function subscriptionChecks(session: AzureSession): Promise<readonly Check[]> {
  const { arm, subscription, timing } = session;
  const path = `/subscriptions/${subscription}`;
  const version = apiVersions.subscriptions;
  const beforeMs = timing.now();
  const answer = await arm.send({ method: 'GET', path, version, accept: [403, 404] });
  const clock = clockCheck(beforeMs, answer, timing.now());
  if (answer.status === 200) return [check('subscription', 'good', subscription), ...clock];
  const found = `${subscription} cannot be read (status ${answer.status})`;
  return [check('subscription', 'bad', found, 'az account list -o table'), ...clock];
}

const NamespaceSchema = v.object({ registrationState: v.optional(v.string(), 'Unknown') });

async function providerChecks(
  namespace: string,
  { arm, subscription }: AzureSession,
): Promise<readonly Check[]> {
  const path = `/subscriptions/${subscription}/providers/${namespace}`;
  const { registrationState: state } = v.parse(
    NamespaceSchema,
    await arm.read(path, apiVersions.resources),
  );
  if (state === 'Registered') return [check(namespace, 'good', state)];
  const mend = registerCommand(namespace, subscription);
  return [check(namespace, state === 'Registering' ? 'warning' : 'bad', state, mend)];
}
