import { regionsOf } from '@tricloud/core/catalog';
import * as v from 'valibot';
import { check, type Check } from '../../engine/check.ts';
import { DeployError } from '../../engine/errors.ts';
import type { Run } from '../../engine/run.ts';
import { runtimeSupport } from '../../engine/runtime-support.ts';
import type { Target } from '../../engine/target.ts';
import { readFailure } from '../errors/errors.ts';
import { runtimeId } from '../template/function-body.ts';
import { checkBuildAccount } from './build-account.ts';
import { findCredentials, requireProject } from './find-credentials.ts';
import { type GoogleSession, openSession } from './session.ts';

/** Prerequisites of a deployment. Nothing is changed, and no value of a credential is part of a check. */
export async function* checks(run: Run): AsyncGenerator<Check> {
  yield checkRuntime(run.timing.now());
  yield checkRegion(run.target);
  let name = 'credentials';
  try {
    const found = await findCredentials(run.env);
    yield check(name, 'good', `${found.type ?? 'machine'}, from ${found.where}`);
    name = 'project';
    yield check(name, 'good', await requireProject(run.target, run.env, found));
    name = 'sign-in';
    yield* projectChecks(await openSession(run, found));
  } catch (error) {
    yield failed(name, 'bad', error);
  }
}

async function* projectChecks(session: GoogleSession): AsyncGenerator<Check> {
  for (const [name, question] of [
    ['APIs', checkApis],
    ['build account', checkBuildAccount],
    ['quota', checkQuota],
    ['region at Google', checkLocation],
  ] as const) {
    yield* await question(session).catch((error: unknown) => [failed(name, 'unknown', error)]);
  }
}

/** The check that says why there is no other. */
function failed(name: string, state: Check['state'], error: unknown): Check {
  if (error instanceof DeployError) return check(name, state, error.message, error.hint);
  const { message, fix } = readFailure(error);
  return check(name, state, message, fix);
}

function checkRuntime(nowMs: number): Check {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const runtime = runtimeSupport('google', runtimeId, today);
  if (runtime === undefined) {
    return check('runtime', 'unknown', `${runtimeId}, which is not in the catalogue`);
  }
  const until = runtime.endOfLife === null ? '' : `, supported until ${runtime.endOfLife}`;
  return check('runtime', runtime.isOver ? 'warning' : 'good', `${runtimeId}${until}`);
}

function checkRegion({ region }: Target): Check {
  return regionsOf('google').includes(region)
    ? check('region', 'good', region)
    : check('region', 'bad', `${region}, which has no functions`, 'gcloud functions regions list');
}

function apisOf({ secrets }: Target): readonly string[] {
  const always = ['cloudfunctions', 'run', 'cloudbuild', 'artifactregistry', 'logging', 'iam'];
  const more = Object.keys(secrets).length > 0 ? ['secretmanager'] : [];
  return [...always, ...more].map((name) => `${name}.googleapis.com`);
}

const Services = v.object({
  services: v.array(v.object({ name: v.string(), state: v.optional(v.string()) })),
});

/** https://cloud.google.com/service-usage/docs/reference/rest/v1/services/batchGet (2026-11-22). */
async function checkApis({ api, names, target, timing }: GoogleSession) {
  const parent = `projects/${names.project}`;
  const apis = apisOf(target);
  const query = apis.map((name) => `names=${parent}/services/${name}`).join('&');
  const path = `v1/${parent}/services:batchGet?${query}`;
  const { headers, json } = await api.send('serviceusage BatchGetServices', path);
  const { services } = v.parse(Services, json);
  const isEnabled = (name: string) =>
    services.some((service) => service.name.endsWith(`/${name}`) && service.state === 'ENABLED');
  const off = apis.filter((name) => !isEnabled(name));
  const fix = `gcloud services enable ${off.join(' ')} --project ${names.project}`;
  return [
    off.length === 0
      ? check('APIs', 'good', `${apis.length} enabled`)
      : check('APIs', 'bad', `not enabled: ${off.join(', ')}`, fix),
    checkClock(headers.get('date'), timing.now()),
  ];
}

// A token that is signed here counts from this clock, and Google accepts a difference of a few minutes
// (https://developers.google.com/identity/protocols/oauth2/service-account, 2026-11-22).
function checkClock(date: string | null, nowMs: number): Check {
  const serverMs = Date.parse(date ?? '');
  if (Number.isNaN(serverMs)) return check('clock', 'unknown', 'Google’s answer has no time');
  const seconds = Math.round((nowMs - serverMs) / 1000);
  const found = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} Google’s`;
  if (Math.abs(seconds) <= 60) return check('clock', 'good', found);
  const state = Math.abs(seconds) > 300 ? 'bad' : 'warning';
  return check('clock', state, found, 'sudo timedatectl set-ntp true');
}

/** https://cloud.google.com/functions/quotas (2026-11-22): less the Cloud Run services that are no functions. */
const mostFunctions = 1000;

async function checkQuota({ api, names }: GoogleSession) {
  const items = { key: 'functions', schema: v.object({}) };
  const path = `v2/${names.location}/functions`;
  const method = 'cloudfunctions ListFunctions';
  const functions = await api.list(method, items, path, { pageSize: 1000 });
  const found = `${functions.length} of ${mostFunctions} functions in ${names.region}`;
  if (functions.length <= mostFunctions * 0.9) return [check('quota', 'good', found)];
  const state = functions.length >= mostFunctions ? 'bad' : 'warning';
  const fix = `gcloud functions list --project ${names.project} --regions ${names.region}`;
  return [check('quota', state, found, fix)];
}

async function checkLocation({ api, names }: GoogleSession) {
  const items = { key: 'locations', schema: v.object({ locationId: v.string() }) };
  const path = `v2/projects/${names.project}/locations`;
  const locations = await api.list('cloudfunctions ListLocations', items, path);
  const name = 'region at Google';
  if (locations.some(({ locationId }) => locationId === names.region)) {
    return [check(name, 'good', `${names.region} takes functions of this project`)];
  }
  const fix = `gcloud functions regions list --project ${names.project}`;
  return [check(name, 'bad', `${names.region} takes no functions of this project`, fix)];
}
