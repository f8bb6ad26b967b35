import { check, type Check } from '../../engine/check.ts';
import { createFetch } from '../../engine/proxy.ts';
import type { Run } from '../../engine/run.ts';
import { runtimeSupport } from '../../engine/runtime-support.ts';
import { similarRegions } from '../../engine/similar-regions.ts';
import { readFailure } from '../errors/errors.ts';
import { partitionOf, regions } from '../template/regions.ts';
import { runtimeId } from '../template/stack-template.ts';
import { credentialsSource, endpointOf } from './environment.ts';
import { type AwsSession, openSession } from './session.ts';

/** Concurrency that Lambda keeps for the functions of an account that reserve none. */
const keptUnreserved = 100;

/** Region, credentials, clock, runtime and quota, a line each. */
export async function* checks(run: Run): AsyncGenerator<Check> {
  yield regionCheck(run);
  const endpoint = endpointOf(run.env);
  if (endpoint !== null) {
    yield check('endpoint', 'good', `${endpoint.origin} in place of AWS (AWS_ENDPOINT_URL)`);
  }
  const session = await openSession(run);
  const credentials = await credentialsCheck(session);
  yield credentials;
  yield await clockCheck(run);
  yield runtimeCheck(new Date(run.timing.now()).toISOString().slice(0, 10));
  if (credentials.state === 'good') yield await quotaCheck(session);
}

function regionCheck({ target: { region } }: Run): Check {
  if (regions.includes(region)) return check('region', 'good', region);
  const found = `${region} is not an AWS region; similar ones: ${similarRegions(region, regions)}`;
  return check('region', 'bad', found);
}

async function credentialsCheck(session: AwsSession): Promise<Check> {
  try {
    const { Arn = '?' } = await (await session.sts()).getCallerIdentity({});
    return check('credentials', 'good', `${credentialsSource(session.env)}, as ${Arn}`);
  } catch (error) {
    const { kind, message, fix } = readFailure(error, session);
    const found = session.redact(message);
    return check('credentials', kind === 'credentials' ? 'bad' : 'unknown', found, fix);
  }
}

/** AWS rejects a signature that is five minutes off: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
async function clockCheck({ target, env, signal, timing }: Run): Promise<Check> {
  const { domain } = partitionOf(target.region);
  const url = endpointOf(env, 'STS')?.href ?? `https://sts.${target.region}.${domain}/`;
  const timeout = AbortSignal.timeout(Math.min(5000, timing.requestMs));
  try {
    const response = await createFetch(env)(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    const theirMs = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(theirMs)) return check('clock', 'unknown', 'AWS sent no time');
    const seconds = Math.round(Math.abs(Date.now() - theirMs) / 1000);
    const found = `${seconds} s from AWS’s`;
    if (seconds >= 300) return check('clock', 'bad', found, 'sudo timedatectl set-ntp true');
    return check('clock', seconds >= 60 ? 'warning' : 'good', found);
  } catch {
    return check('clock', 'unknown', `${new URL(url).host} does not answer`);
  }
}

function runtimeCheck(today: string): Check {
  const { endOfLife = null, isOver = false } = runtimeSupport('aws', runtimeId, today) ?? {};
  if (endOfLife === null)
    return check('runtime', 'unknown', `${runtimeId}, end of support unknown`);
  const found = `${runtimeId}, supported until ${endOfLife}`;
  return isOver
    ? check('runtime', 'bad', found, 'npm update tricloud')
    : check('runtime', 'good', found);
}

async function quotaCheck(session: AwsSession): Promise<Check> {
  const { maxInstances, region } = session.target;
  try {
    const { AccountLimit } = await (await session.lambda()).getAccountSettings({});
    const all = AccountLimit?.ConcurrentExecutions;
    if (all === undefined) return check('quota', 'unknown', 'AWS sent no limit');
    const free = AccountLimit?.UnreservedConcurrentExecutions ?? all;
    const found = `${all} instances at once in ${region}, ${free} of them not reserved`;
    if (maxInstances === null || free - maxInstances >= keptUnreserved) {
      return check('quota', 'good', found);
    }
    return check(
      'quota',
      'bad',
      `${found}: ${maxInstances} cannot be reserved, because ${keptUnreserved} must stay free`,
      `aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value ${maxInstances + keptUnreserved}`,
    );
  } catch (error) {
    return check('quota', 'unknown', session.redact(readFailure(error, session).message));
  }
}
