import { deployedRuntime } from '@tricloud/core/catalog';
import type { Check } from '../engine/check.ts';
import { runtimeSupport } from '../engine/runtime-support.ts';
import { type Access, credentialsSource, endpointOf } from './access.ts';
import { lambda, sts } from './clients.ts';
import { isCredentialsError, toDeployError } from './failure.ts';
import { partitionOf, regions } from './regions.ts';

const runtimeId = deployedRuntime('aws').id;

/** What Lambda keeps for the functions of an account that reserve nothing. */
const keptUnreserved = 100;

/** Region, credentials, clock, runtime and quota, a line each; what could not be asked is unknown. */
export async function* checks(access: Access): AsyncGenerator<Check> {
  const { env } = access.context;
  yield regionCheck(access);
  const endpoint = endpointOf(env);
  if (endpoint !== null) {
    const found = `${endpoint.origin} in AWS’s place (AWS_ENDPOINT_URL)`;
    yield { name: 'endpoint', state: 'good', found, mend: null };
  }
  const credentials = await credentialsCheck(access);
  yield credentials;
  yield await clockCheck(access);
  yield runtimeCheck(new Date().toISOString().slice(0, 10));
  if (credentials.state === 'good') yield await quotaCheck(access);
}

function regionCheck({ target: { region } }: Access): Check {
  const isKnown = regions.includes(region);
  return {
    name: 'region',
    state: isKnown ? 'good' : 'bad',
    found: isKnown ? region : `${region} is none of AWS’s regions`,
    mend: isKnown ? null : 'npx tricloud doctor aws --region aws=us-east-1',
  };
}

async function credentialsCheck(access: Access): Promise<Check> {
  const { env, signal } = access.context;
  const name = 'credentials';
  const source = credentialsSource(env);
  try {
    const { Arn } = await (await sts(access)).getCallerIdentity({}, { abortSignal: signal });
    return { name, state: 'good', found: `${source}, as ${Arn ?? '?'}`, mend: null };
  } catch (error) {
    const { message } = toDeployError(error, access, { doing: `use credentials ${source}` });
    const isRefused = isCredentialsError(error);
    const profile = env['AWS_PROFILE'] ?? 'default';
    return {
      name,
      state: isRefused ? 'bad' : 'unknown',
      found: message,
      mend: isRefused ? `aws sso login --profile ${profile}, or aws configure` : null,
    };
  }
}

/** AWS refuses a signature that is five minutes off (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html). */
async function clockCheck({ target, context, pace }: Access): Promise<Check> {
  const name = 'clock';
  const { domain } = partitionOf(target.region);
  const url = endpointOf(context.env, 'STS')?.href ?? `https://sts.${target.region}.${domain}/`;
  const timeout = AbortSignal.timeout(Math.min(5000, pace.requestTimeoutMs));
  try {
    const signal = AbortSignal.any([context.signal, timeout]);
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
    const theirs = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(theirs))
      return { name, state: 'unknown', found: 'AWS told no time', mend: null };
    const seconds = Math.round(Math.abs(Date.now() - theirs) / 1000);
    const isOff = seconds >= 300;
    return {
      name,
      state: isOff ? 'bad' : seconds >= 60 ? 'warning' : 'good',
      found: `${seconds} s from AWS’s`,
      mend: isOff ? 'sudo timedatectl set-ntp true' : null,
    };
  } catch {
    return { name, state: 'unknown', found: `${new URL(url).host} does not answer`, mend: null };
  }
}

function runtimeCheck(today: string): Check {
  const { endOfLife: end = null, isOver = false } = runtimeSupport('aws', runtimeId, today) ?? {};
  return {
    name: 'runtime',
    state: isOver ? 'bad' : end === null ? 'unknown' : 'good',
    found: `${runtimeId}, ${end === null ? 'end of support not known' : `supported until ${end}`}`,
    mend: isOver ? 'npm update tricloud' : null,
  };
}

async function quotaCheck(access: Access): Promise<Check> {
  const name = 'quota';
  const { maxInstances, region } = access.target;
  try {
    const { AccountLimit } = await (await lambda(access)).getAccountSettings({});
    const all = AccountLimit?.ConcurrentExecutions;
    if (all === undefined)
      return { name, state: 'unknown', found: 'AWS told no limit', mend: null };
    const free = AccountLimit?.UnreservedConcurrentExecutions ?? all;
    const isEnough = maxInstances === null || free - maxInstances >= keptUnreserved;
    const found = `${all} instances at once in ${region}, ${free} of them not reserved`;
    return {
      name,
      state: isEnough ? 'good' : 'bad',
      found: isEnough
        ? found
        : `${found}: ${maxInstances} cannot be reserved, ${keptUnreserved} stay free`,
      mend: isEnough
        ? null
        : `aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value ${(maxInstances ?? 0) + keptUnreserved}`,
    };
  } catch (error) {
    const { message } = toDeployError(error, access, { doing: 'read the account’s limits' });
    return { name, state: 'unknown', found: message, mend: null };
  }
}
