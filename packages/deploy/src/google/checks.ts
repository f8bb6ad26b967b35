import * as v from 'valibot';
import type { DeployContext } from '../engine/cloud.ts';
import { check, type Check } from '../engine/check.ts';
import { runtimeSupport } from '../engine/runtime-support.ts';
import { DeployError } from '../engine/errors.ts';
import type { Target } from '../engine/target.ts';
import { isApiError } from './api-error.ts';
import { findCredentials, signIn } from './credentials.ts';
import { explained } from './explain.ts';
import { runtimeId } from './function-body.ts';
import type { Pace } from './pace.ts';
import { regions } from './regions.ts';
import type { RestAnswer } from './rest.ts';
import { openSession, projectOf, type Session } from './session.ts';

/** What a deployment would meet. Nothing is changed, and no value of a credential is told. */
export async function* checks(
  target: Target,
  context: DeployContext,
  pace: Pace,
): AsyncGenerator<Check> {
  yield runtimeCheck(pace);
  yield regionCheck(target);
  const found = await answered('credentials', () => findCredentials(context.env));
  if (isCheck(found)) {
    yield found;
    return;
  }
  if (found === null) {
    yield check('credentials', 'bad', 'no Application Default Credentials', signIn);
    return;
  }
  yield check('credentials', 'good', `${found.type ?? 'machine'}, from ${found.where}`);
  const project = await answered('project', () => projectOf(target, context.env, found));
  if (isCheck(project)) {
    yield project;
    return;
  }
  yield check('project', 'good', project);
  const session = await answered('sign-in', () => openSession(target, context, pace));
  if (isCheck(session)) {
    yield session;
    return;
  }
  try {
    yield* sessionChecks(session);
  } finally {
    await session.functions.close();
  }
}

async function* sessionChecks(session: Session): AsyncGenerator<Check> {
  const apis = apisOf(session.target);
  const answer = await asked(session, 'APIs', () => askApis(session, apis));
  if (isCheck(answer)) {
    yield answer;
  } else {
    yield apiCheck(session, apis, answer);
    yield clockCheck(answer, session.pace.now());
  }
  const count = await asked(session, 'quota', () => session.functions.count());
  yield isCheck(count) ? count : quotaCheck(session, count);
  const locations = await asked(session, 'region at Google', () => session.functions.locations());
  yield isCheck(locations) ? locations : locationCheck(session, locations);
}

function runtimeCheck(pace: Pace): Check {
  const today = new Date(pace.now()).toISOString().slice(0, 10);
  const runtime = runtimeSupport('google', runtimeId, today);
  if (runtime === undefined) return check('runtime', 'unknown', `${runtimeId}, which no list has`);
  const until = runtime.endOfLife === null ? '' : `, supported until ${runtime.endOfLife}`;
  return check('runtime', runtime.isOver ? 'warning' : 'good', `${runtimeId}${until}`);
}

function regionCheck({ region }: Target): Check {
  return regions.has(region)
    ? check('region', 'good', region)
    : check('region', 'bad', `${region}, which has no functions`, 'gcloud functions regions list');
}

function apisOf({ secrets }: Target): readonly string[] {
  const always = ['cloudfunctions', 'run', 'cloudbuild', 'artifactregistry', 'logging', 'iam'];
  const more = Object.keys(secrets).length > 0 ? ['secretmanager'] : [];
  return [...always, ...more].map((name) => `${name}.googleapis.com`);
}

const Services = v.object({
  services: v.optional(
    v.array(v.object({ name: v.string(), state: v.optional(v.string(), '') })),
    [],
  ),
});

/** https://cloud.google.com/service-usage/docs/reference/rest/v1/services/batchGet (2026-11-22). */
function askApis({ rest, names }: Session, apis: readonly string[]): Promise<RestAnswer> {
  const parent = `projects/${names.project}`;
  const query = apis
    .map((api) => `names=${encodeURIComponent(`${parent}/services/${api}`)}`)
    .join('&');
  const path = `v1/${parent}/services:batchGet?${query}`;
  return rest({ api: 'serviceusage', call: 'BatchGetServices', method: 'GET', path });
}

function apiCheck({ names }: Session, apis: readonly string[], { body }: RestAnswer): Check {
  const { services } = v.parse(Services, body);
  const enabled = services.filter(({ state }) => state === 'ENABLED').map(({ name }) => name);
  const off = apis.filter((api) => !enabled.some((name) => name.endsWith(`/${api}`)));
  if (off.length === 0) return check('APIs', 'good', `${apis.length} enabled`);
  const mend = `gcloud services enable ${off.join(' ')} --project ${names.project}`;
  return check('APIs', 'bad', `not enabled: ${off.join(', ')}`, mend);
}

// A token that is signed here counts from this clock, and Google takes few minutes' difference
// (https://developers.google.com/identity/protocols/oauth2/service-account, 2026-11-22).
function clockCheck({ serverTimeMs }: RestAnswer, now: number): Check {
  if (serverTimeMs === null) return check('clock', 'unknown', 'Google did not tell its own');
  const seconds = Math.round((now - serverTimeMs) / 1000);
  const found = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} Google’s`;
  if (Math.abs(seconds) <= 60) return check('clock', 'good', found);
  return check('clock', Math.abs(seconds) > 300 ? 'bad' : 'warning', found, setClock);
}

const setClock = 'sudo timedatectl set-ntp true';

/** https://cloud.google.com/functions/quotas (2026-11-22): less the Cloud Run services that are no functions. */
const mostFunctions = 1000;

function quotaCheck({ names }: Session, count: number): Check {
  const found = `${count} of ${mostFunctions} functions in ${names.region}`;
  const mend = `gcloud functions list --project ${names.project} --regions ${names.region}`;
  if (count >= mostFunctions) return check('quota', 'bad', found, mend);
  return count > mostFunctions * 0.9
    ? check('quota', 'warning', found, mend)
    : check('quota', 'good', found);
}

function locationCheck({ names }: Session, locations: readonly string[]): Check {
  const name = 'region at Google';
  if (locations.includes(names.region))
    return check(name, 'good', `${names.region} takes functions of this project`);
  const mend = `gcloud functions regions list --project ${names.project}`;
  return check(name, 'bad', `${names.region} takes no functions of this project`, mend);
}

/** The answer, or the check that says why there is none. */
async function answered<T>(name: string, question: () => Promise<T>): Promise<T | Check> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    return check(name, 'bad', error.message, error.hint);
  }
}

async function asked<T>(
  session: Session,
  name: string,
  question: () => Promise<T>,
): Promise<T | Check> {
  try {
    return await question();
  } catch (error) {
    if (!isApiError(error)) throw error;
    const { signal, env } = session.context;
    const { target, names } = session;
    const { project } = names;
    const told = explained(error, {
      target,
      project,
      env,
      signal,
      verb: 'status',
      leftBehind: [],
      goingOn: null,
    });
    const [message, hint] =
      told instanceof DeployError ? [told.message, told.hint] : [error.message, null];
    return check(name, 'unknown', message, hint);
  }
}

function isCheck(answer: unknown): answer is Check {
  return typeof answer === 'object' && answer !== null && 'mend' in answer;
}
