import * as v from 'valibot';
import {
  askAll,
  check,
  type Check,
  clockCheck,
  failedCheck,
  regionCheck,
} from '../../engine/check.ts';
import type { Run } from '../../engine/run.ts';
import type { Target } from '../../engine/target.ts';
import { readFailure } from '../errors/errors.ts';
import { checkBuildAccount } from './build-account.ts';
import { findCredentials, requireProject } from './find-credentials.ts';
import { type GoogleSession, openSession } from './session.ts';

/** Prerequisites of a deployment. Nothing is changed, and no value of a credential is part of a check. */
export async function* checks(run: Run): AsyncGenerator<Check> {
  yield regionCheck(run.target);
  let name = 'credentials';
  try {
    const found = await findCredentials(run.env);
    yield check(name, 'good', `${found.type ?? 'machine'}, from ${found.where}`);
    name = 'project';
    yield check(name, 'good', await requireProject(run.target, run.env, found));
    name = 'sign-in';
    const session = await openSession(run, found);
    yield* askAll(run, readFailure, [
      ['APIs', () => checkApis(session)],
      ['build account', () => checkBuildAccount(session)],
      ['quota', () => checkQuota(session)],
      ['region at Google', () => checkLocation(session)],
    ]);
  } catch (error) {
    yield failedCheck(run, readFailure, [name, 'bad', error]);
  }
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
  const beforeMs = timing.now();
  const answer = await api.send('serviceusage BatchGetServices', path);
  const clock = clockCheck(beforeMs, answer, timing.now());
  const { services } = v.parse(Services, answer.json);
  const isEnabled = (name: string) =>
    services.some((service) => service.name.endsWith(`/${name}`) && service.state === 'ENABLED');
  const off = apis.filter((name) => !isEnabled(name));
  const fix = `gcloud services enable ${off.join(' ')} --project ${names.project}`;
  return [
    off.length === 0
      ? check('APIs', 'good', `${apis.length} enabled`)
      : check('APIs', 'bad', `not enabled: ${off.join(', ')}`, fix),
    ...clock,
  ];
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
