import * as v from 'valibot';
import { type Check, check } from '../../engine/check.ts';
import { DeployError } from '../../engine/errors.ts';
import type { Run } from '../../engine/run.ts';
import { runtimeCheck } from '../../engine/runtime-support.ts';
import { readFailure, registerCommand } from '../errors/errors.ts';
import { apiVersions } from '../template/arm-template.ts';
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
  yield runtimeCheck('azure', run.timing.now());
  let session: AzureSession;
  try {
    session = await openSession(run);
  } catch (error) {
    if (run.signal.aborted) throw error;
    const { message } = error instanceof DeployError ? error : readFailure(error, run);
    const hint = error instanceof DeployError ? error.hint : 'az login';
    yield check('credentials', 'bad', run.redact(message), hint);
    return;
  }
  const { source, principal, tenantId } = session.signedIn;
  const who = principal.type === 'User' ? 'a user' : 'a service principal';
  const tenant = tenantId === null ? '' : `, tenant ${tenantId}`;
  yield check('credentials', 'good', `${source}, ${who}${tenant}`);
  const all: readonly (readonly [string, () => Promise<readonly Check[]>])[] = [
    ['subscription', () => subscriptionChecks(session)],
    ...namespaces.map((each) => [each, () => providerChecks(each, session)] as const),
    ['region', () => regionChecks(session)],
  ];
  for (const [name, ask] of all) {
    yield* await ask().catch((error: unknown) => {
      run.signal.throwIfAborted();
      return [check(name, 'unknown', run.redact(readFailure(error, run).message))];
    });
  }
}

async function subscriptionChecks(session: AzureSession): Promise<readonly Check[]> {
  const { arm, subscription, timing } = session;
  const path = `/subscriptions/${subscription}`;
  const version = apiVersions.subscriptions;
  const beforeMs = timing.now();
  const { status, headers } = await arm.send({ method: 'GET', path, version, accept: [403, 404] });
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
  const isGood = skewMs < 240_000;
  return check(
    'clock',
    isGood ? 'good' : 'bad',
    found,
    isGood ? null : 'sudo timedatectl set-ntp true',
  );
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
