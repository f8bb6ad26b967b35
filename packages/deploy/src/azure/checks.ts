import type { DeployContext } from '../engine/cloud.ts';
import { check, type Check } from '../engine/check.ts';
import { runtimeSupport } from '../engine/runtime-support.ts';
import { DeployError } from '../engine/errors.ts';
import { configurationOf } from '../engine/configuration.ts';
import type { Target } from '../engine/target.ts';
import { readFailure } from './failure.ts';
import { readFlexOffer, readFlexRegions } from './flex-offer.ts';
import type { Pace } from './pace.ts';
import { openSession, type Session } from './session.ts';
import { nodeVersion } from './template.ts';

/** The resource providers whose resources the template has. */
const namespaces = [
  'Microsoft.Web',
  'Microsoft.Storage',
  'Microsoft.OperationalInsights',
  'Microsoft.Insights',
];

/** What a deployment would meet. Nothing is changed, and no value of a credential is told. */
export async function* checks(
  target: Target,
  context: DeployContext,
  pace: Pace,
): AsyncGenerator<Check> {
  yield runtimeCheck(pace.now());
  let session: Session;
  try {
    session = await openSession(target, context, pace);
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    yield check('credentials', 'bad', error.message, error.hint);
    return;
  }
  const { source, principal, tenantId } = session.signedIn;
  const who = `${principal.type === 'User' ? 'a user' : 'a service principal'}${tenantId === null ? '' : `, tenant ${tenantId}`}`;
  yield check('credentials', 'good', `${source}, ${who}`);
  yield* guarded('subscription', session, subscriptionChecks);
  for (const namespace of namespaces) {
    yield* guarded(namespace, session, () => providerChecks(namespace, session));
  }
  yield* guarded('region', session, () => regionChecks(target, session));
  yield* guarded('instances', session, () => offerChecks(target, session));
}

/** The end of support of the Node.js that is deployed, according to the catalogue. */
function runtimeCheck(nowMs: number): Check {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const runtime = runtimeSupport('azure', `node-${nodeVersion}`, today);
  if (runtime === undefined) return check('runtime', 'unknown', `Node.js ${nodeVersion}`);
  const until = runtime.endOfLife === null ? '' : `, supported until ${runtime.endOfLife}`;
  return check('runtime', runtime.isOver ? 'warning' : 'good', `Node.js ${nodeVersion}${until}`);
}

async function* guarded(
  name: string,
  session: Session,
  ask: (session: Session) => AsyncIterable<Check>,
): AsyncGenerator<Check> {
  try {
    yield* ask(session);
  } catch (error) {
    if (session.signal.aborted) throw error;
    yield check(name, 'unknown', session.redact(readFailure(error).message));
  }
}

async function* subscriptionChecks({
  send,
  endpoints,
  subscription,
  pace,
}: Session): AsyncGenerator<Check> {
  const before = pace.now();
  const answer = await send({
    method: 'GET',
    url: `${endpoints.resourceManager}/subscriptions/${subscription}?api-version=2022-12-01`,
  });
  const after = pace.now();
  yield answer.status === 200
    ? check('subscription', 'good', subscription)
    : check(
        'subscription',
        'bad',
        `${subscription} cannot be read (HTTP ${answer.status})`,
        'az account list -o table',
      );
  const date = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(date)) return;
  // The header has whole seconds, and the answer took a while itself.
  const skewMs = Math.max(date - after, before - (date + 1000), 0);
  yield check(
    'clock',
    // Tokens are refused from five minutes on.
    skewMs < 240_000 ? 'good' : 'bad',
    skewMs < 1000 ? 'as Azure’s' : `${Math.round(skewMs / 1000)} s from Azure’s`,
    skewMs < 240_000 ? null : 'sudo timedatectl set-ntp true',
  );
}

async function* providerChecks(
  namespace: string,
  { arm, subscription, signal }: Session,
): AsyncGenerator<Check> {
  const found = await arm.providers.get(namespace, { abortSignal: signal });
  const state = found.registrationState ?? 'Unknown';
  yield state === 'Registered'
    ? check(namespace, 'good', state)
    : check(
        namespace,
        state === 'Registering' ? 'warning' : 'bad',
        state,
        `az provider register -n ${namespace} --subscription ${subscription}`,
      );
}

async function* regionChecks({ region }: Target, session: Session): AsyncGenerator<Check> {
  const there = await readFlexRegions(session);
  if (there === null) {
    yield check('region', 'unknown', `Azure does not say whether Flex Consumption is in ${region}`);
    return;
  }
  yield there.includes(region)
    ? check('region', 'good', `Flex Consumption is in ${region}`)
    : check(
        'region',
        'bad',
        `Flex Consumption is not in ${region}, or not for this subscription`,
        'az functionapp list-flexconsumption-locations -o table',
      );
}

async function* offerChecks(target: Target, session: Session): AsyncGenerator<Check> {
  const offer = await readFlexOffer(target.region, session);
  if (offer === null) {
    yield check('instances', 'unknown', `Azure does not say what it offers in ${target.region}`);
    return;
  }
  yield offer.nodeVersions.includes(nodeVersion)
    ? check('runtime there', 'good', `Node.js ${nodeVersion} in ${target.region}`)
    : check(
        'runtime there',
        'bad',
        `${target.region} has Node.js ${offer.nodeVersions.join(', ')}, not ${nodeVersion}`,
        `az functionapp list-flexconsumption-runtimes -l ${target.region} --runtime node`,
      );
  const { maxInstances } = target;
  const { memoryMiB } = configurationOf(target);
  if (offer.lowest !== null && maxInstances !== null && maxInstances < offer.lowest) {
    yield check(
      'instances',
      'bad',
      `${target.region} takes ${offer.lowest} to ${offer.highest} instances at most, not ${maxInstances}`,
      `--max-instances ${offer.lowest}`,
    );
  }
  // https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#regional-subscription-memory-quotas
  const wanted = (maxInstances ?? offer.usual ?? 100) * memoryMiB;
  const quota = 512_000;
  yield check(
    'quota',
    wanted <= quota ? 'good' : 'warning',
    `${wanted} MB at most of the ${quota} MB that all apps of a region share unless support has raised it`,
    wanted <= quota ? null : `--max-instances ${Math.floor(quota / memoryMiB)}`,
  );
}
