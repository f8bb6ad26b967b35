import * as v from 'valibot';
import { type Check, check } from '../../engine/check.ts';
import { DeployError } from '../../engine/errors.ts';
import type { Run } from '../../engine/run.ts';
import { runtimeSupport } from '../../engine/runtime-support.ts';
import { readFailure, registerCommand } from '../errors/errors.ts';
import { apiVersions, nodeVersion } from '../template/arm-template.ts';
import { regionChecks } from './region-checks.ts';
import { type AzureSession, openSession } from './session.ts';
import { subscriptionsVersion } from './subscription.ts';

/** Resource providers of the template's resources. */
const namespaces = [
  'Microsoft.Web',
  'Microsoft.Storage',
  'Microsoft.OperationalInsights',
  'Microsoft.Insights',
];

/** Checks prerequisites. Nothing is changed, and no value of a credential is shown. */
export async function* checks(run: Run): AsyncGenerator<Check> {
  yield runtimeCheck(run.timing.now());
  let session: AzureSession;
  try {
    session = await openSession(run);
  } catch (error) {
    if (run.signal.aborted) throw error;
    const { message, hint } =
      error instanceof DeployError ? error : { ...readFailure(error, run), hint: 'az login' };
    yield check('credentials', 'bad', run.redact(message), hint);
    return;
  }
  const { source, principal, tenantId } = session.signedIn;
  const who = principal.type === 'User' ? 'a user' : 'a service principal';
  yield check('credentials', 'good', `${source}, ${who}${tenantId ? `, tenant ${tenantId}` : ''}`);
  yield* orUnknown('subscription', session, () => subscriptionChecks(session));
  for (const namespace of namespaces) {
    yield* orUnknown(namespace, session, () => providerChecks(namespace, session));
  }
  yield* orUnknown('region', session, () => regionChecks(session));
}

/** End of support of the app's Node.js, according to the catalogue. */
function runtimeCheck(nowMs: number): Check {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const runtime = runtimeSupport('azure', `node-${nodeVersion}`, today);
  if (runtime === undefined) return check('runtime', 'unknown', `Node.js ${nodeVersion}`);
  const until = runtime.endOfLife === null ? '' : `, supported until ${runtime.endOfLife}`;
  return check('runtime', runtime.isOver ? 'warning' : 'good', `Node.js ${nodeVersion}${until}`);
}

async function* orUnknown(
  name: string,
  session: AzureSession,
  ask: () => Promise<readonly Check[]>,
): AsyncGenerator<Check> {
  try {
    yield* await ask();
  } catch (error) {
    if (session.signal.aborted) throw error;
    yield check(name, 'unknown', session.redact(readFailure(error, session).message));
  }
}

async function subscriptionChecks({
  arm,
  subscription,
  timing,
}: AzureSession): Promise<readonly Check[]> {
  const beforeMs = timing.now();
  const { status, headers } = await arm.send({
    method: 'GET',
    path: `/subscriptions/${subscription}`,
    version: subscriptionsVersion,
    accept: [401, 403, 404],
  });
  const dateMs = Date.parse(headers.get('date') ?? '');
  const found = status === 200 ? subscription : `${subscription} cannot be read (status ${status})`;
  return [
    status === 200
      ? check('subscription', 'good', found)
      : check('subscription', 'bad', found, 'az account list -o table'),
    ...(Number.isNaN(dateMs) ? [] : [clockCheck(beforeMs, dateMs, timing.now())]),
  ];
}

function clockCheck(beforeMs: number, dateMs: number, afterMs: number): Check {
  // The header has whole seconds, and the answer took a while.
  const skewMs = Math.max(dateMs - afterMs, beforeMs - (dateMs + 1000), 0);
  const found = skewMs < 1000 ? 'same as Azure’s' : `${Math.round(skewMs / 1000)} s from Azure’s`;
  // Azure refuses tokens from five minutes of difference on.
  return skewMs < 240_000
    ? check('clock', 'good', found)
    : check('clock', 'bad', found, 'sudo timedatectl set-ntp true');
}

const NamespaceSchema = v.object({ registrationState: v.optional(v.string(), 'Unknown') });

async function providerChecks(
  namespace: string,
  { arm, subscription }: AzureSession,
): Promise<readonly Check[]> {
  const path = `/subscriptions/${subscription}/providers/${namespace}`;
  const { json } = await arm.send({ method: 'GET', path, version: apiVersions.resources });
  const { registrationState: state } = v.parse(NamespaceSchema, json);
  if (state === 'Registered') return [check(namespace, 'good', state)];
  const mend = registerCommand(namespace, subscription);
  return [check(namespace, state === 'Registering' ? 'warning' : 'bad', state, mend)];
}
