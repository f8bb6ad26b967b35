import { commandByName } from '../../src/engine/next-command.ts';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { google } from '../../src/google/google.ts';
import type { DeployContext } from '../../src/engine/cloud.ts';
import { archiveOf, target } from './scene.ts';

const archive = archiveOf('one');
const context = (env: Record<string, string> = {}): DeployContext => ({
  env,
  appDir: '.',
  cacheDir: '.',
  onStep: () => {},
  signal: new AbortController().signal,
  nextCommand: commandByName,
});

test('a plan has the archive, the resources, the permissions and the requests', async () => {
  const asked = {
    ...target,
    concurrency: 80,
    secrets: { STRIPE_KEY: 'stripe:3' },
    environment: { GREETING: 'hi', API_TOKEN: 'planted-token' },
  };
  const plan = await google.plan(asked, archive, context());
  const account = 'shop-dev-d73663de@my-shop.iam.gserviceaccount.com';
  const location = 'projects/my-shop/locations/us-central1';
  expect(plan).toMatchObject({
    cloud: 'google',
    name: 'shop',
    stage: 'dev',
    region: 'us-central1',
    archive: { files: archive.files, size: archive.bytes.length, sha256: archive.sha256 },
    permissions: [
      {
        who: 'everybody (allUsers)',
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
    cannot: [expect.stringContaining('1 vCPU')],
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
    'google.cloud.functions.v2.FunctionService/GenerateUploadUrl',
    'PUT (the signed URL that Google answers), content-type: application/zip',
    'google.cloud.functions.v2.FunctionService/CreateFunction',
    `POST https://run.googleapis.com/v2/${location}/services/shop-dev:setIamPolicy`,
  ]);
  expect(plan.requests[4]?.body).toMatchObject({
    parent: location,
    functionId: 'shop-dev',
    function: {
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
    },
  });
  expect(JSON.stringify(plan)).not.toContain('planted');
});

test.each([
  [{}, 'PROJECT_ID'],
  [{ GOOGLE_CLOUD_PROJECT: 'by-environment' }, 'by-environment'],
])('a plan needs no project: with %j it is %s', async (env, project) => {
  const plan = await google.plan({ ...target, account: null }, archive, context(env));
  expect(plan.resources[1]?.name).toBe(
    `projects/${project}/locations/us-central1/functions/shop-dev`,
  );
});

test('a plan loads no client', () => {
  const source = fileURLToPath(import.meta.resolve('../../src/google/google.ts'));
  const script = `
    import { google } from ${JSON.stringify(source)};
    import Module from 'node:module';
    const target = ${JSON.stringify({ ...target, account: null })};
    const archive = { bytes: new Uint8Array(1), files: [], sha256: '${'0'.repeat(64)}', sourceMaps: [] };
    await google.plan(target, archive, { env: {} });
    const loaded = Object.keys(Module._cache).filter((path) => /google-gax|@google-cloud|google-auth/.test(path));
    console.log(JSON.stringify(loaded));`;
  const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: '[]', stderr: '' });
});
