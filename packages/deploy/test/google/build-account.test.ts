import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusal } from './fake-google.ts';
import { functionName, listOf, openScene, packageOf, type Scene, target } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const one = packageOf('one');
const account = '123456789012-compute@developer.gserviceaccount.com';
const builder = 'builder@my-shop.iam.gserviceaccount.com';
const grant = (email: string) =>
  `gcloud projects add-iam-policy-binding my-shop --member="serviceAccount:${email}" --role=roles/cloudbuild.builds.builder`;

const deploy = (asked = target) => scene.see(scene.google.deploy(asked, one, scene.context()));
const buildCheck = async (asked = target) => {
  const checks = await scene.see(listOf(scene.google.doctor(asked, scene.context())));
  return checks.find(({ name }) => name === 'build account');
};

test('doctor looks for the role of the default account, and names the grant', async () => {
  scene.fake.rest.buildRoles = ['roles/logging.logWriter'];
  expect(await buildCheck()).toEqual({
    name: 'build account',
    state: 'warning',
    found: `${account} does not have roles/cloudbuild.builds.builder; a build may fail`,
    mend: grant(account),
  });
  scene.fake.rest.buildRoles = ['roles/editor'];
  expect(await buildCheck()).toMatchObject({ state: 'good' });
  expect(await buildCheck({ ...target, buildAccount: builder })).toMatchObject({
    state: 'warning',
    mend: grant(builder),
  });
});

test('doctor says that it may not look', async () => {
  const denied = refusal(403, 'PERMISSION_DENIED', 'no');
  scene.fake.faults.set('POST cloudresourcemanager:getIamPolicy', [denied]);
  expect(await buildCheck()).toMatchObject({ state: 'unknown' });
});

test.each([
  'Could not build the function due to a missing permission on the build service account.',
  `The service account running this build ${account} does not have permission to write logs.`,
  `failed to download deploymentPackage gs://gcf-v2-sources-1/x.zip: Access to bucket gcf-v2-sources-1 denied.`,
])('the failure’s hint is the grant: %s', async (message) => {
  scene.fake.build = { polls: 2, fails: { code: 3, message } };
  await expect(deploy()).rejects.toMatchObject({
    message: expect.stringContaining(message),
    hint: grant(account),
  });
});

test('a build that fails for another reason is not blamed on the account', async () => {
  scene.fake.build = { polls: 2, fails: { code: 3, message: 'npm ERR! 404' } };
  await expect(deploy()).rejects.toMatchObject({ hint: expect.stringMatching(/^npx tricloud/) });
});

test('the named account builds the function; another one is a difference that takes a build', async () => {
  const asked = { ...target, buildAccount: builder };
  await deploy();
  expect(await scene.see(scene.google.differences(asked, one, scene.context()))).toEqual([
    { what: 'build account', deployed: account, planned: builder },
  ]);
  scene.sent();
  await deploy(asked);
  expect(scene.sent()).toContain('PUT upload');
  expect(scene.fake.functions.get(functionName).buildConfig.serviceAccount).toBe(
    `projects/my-shop/serviceAccounts/${builder}`,
  );
  expect(await deploy(asked)).toMatchObject({ isChanged: false });
  expect(await deploy()).toMatchObject({ isChanged: false });
});
