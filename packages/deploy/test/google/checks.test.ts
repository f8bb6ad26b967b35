import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusal } from './fake-google.ts';
import { listOf, openScene, type Scene, target } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  scene.fake.serverTime = new Date(scene.timing.now()).toUTCString();
});
afterEach(() => scene.close());

const checks = async (asked = target, env: Record<string, string> = scene.env) =>
  scene.see(listOf(scene.google.doctor(asked, scene.context({ env }))));

const good = (name: string, found: unknown) => ({ name, state: 'good', found, mend: null });

test('all is well', async () => {
  expect(await checks()).toEqual([
    good('runtime', 'Node.js 24, supported until 2028-04-30'),
    good('region', 'us-central1'),
    good(
      'credentials',
      `service_account, from GOOGLE_APPLICATION_CREDENTIALS, ${join(scene.folder, 'credentials.json')}`,
    ),
    good('project', 'my-shop'),
    good('APIs', '6 enabled'),
    good('clock', 'same as the provider’s'),
    good(
      'build account',
      '123456789012-compute@developer.gserviceaccount.com has roles/cloudbuild.builds.builder',
    ),
    good('quota', '0 of 1000 functions in us-central1'),
    good('region at Google', 'us-central1 takes functions of this project'),
  ]);
  expect(scene.sent()).toEqual([
    'GET serviceusage:batchGet',
    'GET cloudbuild',
    'POST cloudresourcemanager:getIamPolicy',
    'ListFunctions',
    'ListLocations',
  ]);
});

test('what is wrong is told with the command that mends it', async () => {
  scene.fake.rest.enabled.delete('cloudbuild.googleapis.com');
  scene.fake.serverTime = new Date(scene.timing.now() + 600_000).toUTCString();
  scene.fake.faults.set('ListFunctions', [refusal(403, 'PERMISSION_DENIED', 'no')]);
  const found = await checks({ ...target, secrets: { KEY: 'stripe:1' } });
  expect(found.filter(({ state }) => state !== 'good')).toEqual([
    {
      name: 'APIs',
      state: 'bad',
      found: 'not enabled: cloudbuild.googleapis.com, secretmanager.googleapis.com',
      mend: 'gcloud services enable cloudbuild.googleapis.com secretmanager.googleapis.com --project my-shop',
    },
    {
      name: 'clock',
      state: 'bad',
      found: '600 s off',
      mend: 'sudo timedatectl set-ntp true',
    },
    {
      name: 'quota',
      state: 'unknown',
      found: expect.stringContaining('roles/cloudfunctions.developer'),
      mend: 'gcloud projects add-iam-policy-binding my-shop --member="serviceAccount:deployer@my-shop.iam.gserviceaccount.com" --role=roles/cloudfunctions.developer',
    },
  ]);
});

test('without credentials it says which command gives them', async () => {
  const env = { METADATA_SERVER_DETECTION: 'none', HOME: scene.folder };
  expect((await checks(target, env)).at(-1)).toEqual({
    name: 'credentials',
    state: 'bad',
    found: expect.stringContaining('no Application Default Credentials'),
    mend: 'gcloud auth application-default login',
  });
});

test('credentials that are no good are told without what is in them', async () => {
  const file = join(scene.folder, 'broken.json');
  writeFileSync(file, '{"private_key": "planted-token-of-the-environment');
  const env = { ...scene.env, GOOGLE_APPLICATION_CREDENTIALS: file };
  expect((await checks(target, env)).at(-1)).toEqual({
    name: 'credentials',
    state: 'bad',
    found: `the credentials of GOOGLE_APPLICATION_CREDENTIALS, ${file} are not JSON with a "type"`,
    mend: 'gcloud auth application-default login',
  });
});

test('without a project it says how to name one', async () => {
  const file = join(scene.folder, 'user.json');
  const user = { type: 'authorized_user', client_id: 'a', client_secret: 'b', refresh_token: 'c' };
  writeFileSync(file, JSON.stringify(user));
  const env = { GOOGLE_APPLICATION_CREDENTIALS: file, HOME: scene.folder };
  expect((await checks({ ...target, account: null }, env)).at(-1)).toMatchObject({
    name: 'project',
    state: 'bad',
    mend: 'gcloud config set project PROJECT_ID',
  });
});
