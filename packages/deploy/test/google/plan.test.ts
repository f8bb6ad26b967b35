import { commandByName } from '../../src/engine/next-command.ts';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createCloud } from '../../src/engine/create-cloud.ts';
import { googleDriver } from '../../src/google/driver.ts';
import type { DeployContext } from '../../src/engine/deploy-context.ts';
import { packageOf, target } from './scene.ts';

const google = createCloud(googleDriver);
const one = packageOf('one');
const context = (env: Record<string, string> = {}): DeployContext => ({
  env: { HOME: '/nowhere', ...env },
  onStep: () => {},
  signal: new AbortController().signal,
  nextCommand: commandByName,
});

test('a plan has the deploymentPackage, the resources, the permissions and the requests', async () => {
  const asked = {
    ...target,
    concurrency: 80,
    secrets: { STRIPE_KEY: 'stripe:3' },
    environment: { GREETING: 'hi', API_TOKEN: 'planted-token' },
  };
  const plan = await google.plan(asked, one, context());
  const account = 'shop-dev-d73663de@my-shop.iam.gserviceaccount.com';
  const location = 'projects/my-shop/locations/us-central1';
  expect(plan).toMatchObject({
    cloud: 'google',
    name: 'shop',
    stage: 'dev',
    region: 'us-central1',
    deploymentPackage: { files: one.files, size: one.bytes.length, sha256: one.sha256 },
    permissions: [
      {
        who: 'everyone (allUsers)',
        actions: ['roles/run.invoker'],
        on: `${location}/services/shop-dev`,
      },
      { who: `serviceAccount:${account}`, actions: [], on: 'projects/my-shop' },
      {
        who: `serviceAccount:${account}`,
        actions: ['roles/secretmanager.secretAccessor'],
        on: 'projects/my-shop/secrets/stripe',
      },
    ],
    limitations: [expect.stringContaining('1 vCPU')],
    access:
      'everyone can call it (allUsers, or invokerIamDisabled where the organization refuses allUsers); at most 100 instances (Google’s default) limit its bill',
  });
  expect(plan.resources.map(({ type, name }) => [type, name])).toEqual([
    ['iam.googleapis.com/ServiceAccount', account],
    ['cloudfunctions.googleapis.com/Function', `${location}/functions/shop-dev`],
    ['run.googleapis.com/Service', `${location}/services/shop-dev`],
    ['run.googleapis.com/Revision', 'shop-dev-00001-…'],
    ['artifactregistry.googleapis.com/Repository', `${location}/repositories/gcf-artifacts`],
    ['storage.googleapis.com/Bucket', 'gcf-v2-sources-<number>-us-central1'],
  ]);
  expect(plan.requests.map(({ call }) => call)).toEqual([
    'POST https://iam.googleapis.com/v1/projects/my-shop/serviceAccounts',
    'POST https://secretmanager.googleapis.com/v1/projects/my-shop/secrets/stripe:setIamPolicy',
    `POST https://cloudfunctions.googleapis.com/v2/${location}/functions:generateUploadUrl`,
    'PUT (the signed URL that Google answers), content-type: application/zip',
    `POST https://cloudfunctions.googleapis.com/v2/${location}/functions?functionId=shop-dev`,
    `POST https://run.googleapis.com/v2/${location}/services/shop-dev:setIamPolicy`,
    `PATCH https://run.googleapis.com/v2/${location}/services/shop-dev?updateMask=invokerIamDisabled (where the organization refuses allUsers)`,
  ]);
  expect(plan.requests[4]?.body).toMatchObject({
    environment: 'GEN_2',
    buildConfig: { runtime: 'nodejs24', entryPoint: 'tricloud' },
    serviceConfig: {
      availableCpu: '1',
      maxInstanceRequestConcurrency: 80,
      environmentVariables: {
        TRICLOUD_REGION: 'us-central1',
        TRICLOUD_MEMORY_MIB: '512',
        GREETING: 'hi',
        API_TOKEN: '[redacted]',
      },
      secretEnvironmentVariables: [
        { key: 'STRIPE_KEY', projectId: 'my-shop', secret: 'stripe', version: '3' },
      ],
    },
  });
  expect(JSON.stringify(plan)).not.toContain('planted');
});

test.each([
  [{}, 'PROJECT_ID'],
  [{ GOOGLE_CLOUD_PROJECT: 'by-environment' }, 'by-environment'],
])('a plan needs no project: with %j it is %s', async (env, project) => {
  const plan = await google.plan({ ...target, account: null }, one, context(env));
  expect(plan.resources[1]?.name).toBe(
    `projects/${project}/locations/us-central1/functions/shop-dev`,
  );
});

test('a plan loads no client', () => {
  const source = fileURLToPath(import.meta.resolve('../../src/google/driver.ts'));
  const script = `
    import { googleDriver } from ${JSON.stringify(source)};
    import Module from 'node:module';
    const target = ${JSON.stringify({ ...target, account: null })};
    const deploymentPackage = { bytes: new Uint8Array(1), files: [], sha256: '${'0'.repeat(64)}', sourceMaps: [] };
    await googleDriver.template.describe(target, deploymentPackage, {});
    const loaded = Object.keys(Module._cache).filter((path) => /google-auth|gaxios/.test(path));
    console.log(JSON.stringify(loaded));`;
  const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: '[]', stderr: '' });
});
