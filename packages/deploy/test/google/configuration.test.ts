import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCloud } from '../../src/engine/create-cloud.ts';
import { googleDriver } from '../../src/google/driver.ts';
import { findProject } from '../../src/google/credentials/find-credentials.ts';

const google = createCloud(googleDriver);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tricloud-gcloud-'));
  mkdirSync(join(folder, 'configurations'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const configure = (name: string, text: string) =>
  writeFileSync(join(folder, 'configurations', `config_${name}`), text);
const regionOf = async (env: Record<string, string> = {}) =>
  google.findRegion({ CLOUDSDK_CONFIG: folder, ...env });

const all = '[core]\nproject = from-file\n[compute]\nregion = us-east1\n[run]\nregion=us-east4\n';

test('without any of gcloud’s settings there is no region', async () => {
  expect(await regionOf()).toBeNull();
});

test.each([
  [{}, '', null, null],
  [
    {},
    '[compute]\nregion = us-east1',
    'us-east1',
    'compute/region in gcloud’s configuration default',
  ],
  [{}, all, 'us-east4', 'run/region in gcloud’s configuration default'],
  [
    {},
    `${all}[functions]\r\nregion = us-west1\r\n`,
    'us-west1',
    'functions/region in gcloud’s configuration default',
  ],
  [{ CLOUDSDK_RUN_REGION: 'us-west2' }, all, 'us-west2', 'CLOUDSDK_RUN_REGION'],
  [
    { CLOUDSDK_COMPUTE_REGION: 'us-west3' },
    all,
    'us-east4',
    'run/region in gcloud’s configuration default',
  ],
  [{ CLOUDSDK_COMPUTE_REGION: 'us-west3' }, '', 'us-west3', 'CLOUDSDK_COMPUTE_REGION'],
  [{ CLOUDSDK_FUNCTIONS_REGION: 'us-west4' }, all, 'us-west4', 'CLOUDSDK_FUNCTIONS_REGION'],
])('with %j and %j the region is %s, from %s', async (env, text, region, source) => {
  configure('default', text);
  expect(await regionOf(env)).toEqual(region === null ? null : { region, source });
});

test('the active configuration is that of the variable, then that of the file', async () => {
  configure('default', '[run]\nregion = us-east1');
  configure('work', '[run]\nregion = us-east4');
  configure('home', '[run]\nregion = us-west1');
  writeFileSync(join(folder, 'active_config'), 'work\n');
  expect(await regionOf()).toMatchObject({ region: 'us-east4' });
  expect(await regionOf({ CLOUDSDK_ACTIVE_CONFIG_NAME: 'home' })).toMatchObject({
    region: 'us-west1',
  });
  expect(await regionOf({ CLOUDSDK_ACTIVE_CONFIG_NAME: 'NONE' })).toBeNull();
});

const found = {
  where: '',
  file: '',
  type: '',
  email: null,
  project: 'of-key',
  quotaProject: 'of-quota',
};

test.each([
  [{ CLOUDSDK_CORE_PROJECT: 'by-gcloud', GOOGLE_CLOUD_PROJECT: 'by-google' }, found, 'by-google'],
  [{ CLOUDSDK_CORE_PROJECT: 'by-gcloud' }, found, 'by-gcloud'],
  [{}, found, 'of-key'],
  [{}, { ...found, project: null }, 'from-file'],
  [{ CLOUDSDK_ACTIVE_CONFIG_NAME: 'NONE' }, { ...found, project: null }, 'of-quota'],
  [{}, null, 'from-file'],
])('with %j and the credentials %j the project is %3$s', async (env, credentials, project) => {
  configure('default', all);
  const context = { CLOUDSDK_CONFIG: folder, ...env };
  expect(await findProject({ account: null }, context, credentials)).toBe(project);
  expect(await findProject({ account: 'asked' }, context, credentials)).toBe('asked');
});
