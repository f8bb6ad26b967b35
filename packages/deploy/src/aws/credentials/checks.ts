import { askAll, type Check, check, clockCheck, regionCheck } from '../../engine/check.ts';
import { createHttpClient, HttpError } from '../../engine/http-client.ts';
import type { Run } from '../../engine/run.ts';
import { readFailure } from '../errors/errors.ts';
import { partitionOf } from '../template/regions.ts';
import { credentialsSource, endpointOf } from './environment.ts';
import { type AwsSession, openSession } from './session.ts';

/** Concurrency that Lambda keeps for the functions of an account that reserve none. */
const keptUnreserved = 100;

/** Region, credentials, clock and quota, a line each. */
export async function* checks(run: Run): AsyncGenerator<Check> {
  yield regionCheck(run.target);
  const endpoint = endpointOf(run.env);
  if (endpoint !== null) {
    yield check('endpoint', 'good', `${endpoint.origin} in place of AWS (AWS_ENDPOINT_URL)`);
  }
  const session = await openSession(run);
  const credentials = await credentialsCheck(session);
  yield credentials;
  yield* askAll(run, readFailure, [
    ['clock', () => clockChecks(run)],
    ...(credentials.state === 'good' ? [['quota', () => quotaChecks(session)] as const] : []),
  ]);
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
async function clockChecks(run: Run): Promise<readonly Check[]> {
  const { target, env, timing } = run;
  const { domain } = partitionOf(target.region);
  const url = endpointOf(env, 'STS') ?? `https://sts.${target.region}.${domain}/`;
  const beforeMs = timing.now();
  const answer = await createHttpClient(run)({
    call: 'HEAD',
    method: 'HEAD',
    url,
    timeoutMs: Math.min(5000, timing.requestMs),
    isRepeatable: false,
  }).catch((error: unknown) => {
    // Every answer has a date, a refusal, too.
    if (error instanceof HttpError && error.answer !== null) return error.answer;
    throw error;
  });
  return clockCheck(beforeMs, answer, timing.now());
}

async function quotaChecks(session: AwsSession): Promise<readonly Check[]> {
  const { maxInstances, region } = session.target;
  const { AccountLimit } = await (await session.lambda()).getAccountSettings({});
  const all = AccountLimit?.ConcurrentExecutions;
  if (all === undefined) return [check('quota', 'unknown', 'AWS sent no limit')];
  const free = AccountLimit?.UnreservedConcurrentExecutions ?? all;
  const found = `${all} instances at once in ${region}, ${free} of them not reserved`;
  if (maxInstances === null || free - maxInstances >= keptUnreserved) {
    return [check('quota', 'good', found)];
  }
  const problem = `${maxInstances} cannot be reserved, because ${keptUnreserved} must stay free`;
  const mend = `aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value ${maxInstances + keptUnreserved}`;
  return [check('quota', 'bad', `${found}: ${problem}`, mend)];
}
