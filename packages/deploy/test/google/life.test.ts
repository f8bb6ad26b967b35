import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  DeployError,
  DeploymentInProgressError,
  NothingDeployedError,
} from '../../src/engine/errors.ts';
import { packageOf, functionName, openScene, type Scene, serviceName, target } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const one = packageOf('one');
const two = packageOf('two');
const account = 'shop-dev-d73663de@my-shop.iam.gserviceaccount.com';

const deploy = (deploymentPackage = one, asked = target) =>
  scene.see(scene.google.deploy(asked, deploymentPackage, scene.context()));
const status = () => scene.see(scene.google.status(target, scene.context()));
const rollback = () => scene.see(scene.google.rollback(target, scene.context()));
const removals = () => scene.see(scene.google.removals(target, scene.context()));
const remove = () => scene.see(scene.google.remove(target, scene.context()));

/** The code that the function was built from. */
const builtFrom = () => {
  const { bucket, object, generation } =
    scene.fake.functions.get(functionName).buildConfig.source.storageSource;
  const bytes = Buffer.from(scene.fake.objects.get(`${bucket}/${object}`)?.get(generation) ?? []);
  return [one, two].find((deploymentPackage) => bytes.equals(deploymentPackage.bytes));
};

describe('the status', () => {
  test('of nothing is nothing', async () => {
    expect(await status()).toMatchObject({ isDeployed: false, state: null, facts: [] });
  });

  test('tells what is deployed', async () => {
    await deploy();
    expect(await status()).toEqual({
      isDeployed: true,
      state: 'ACTIVE',
      isBusy: false,
      url: null,
      noUrlBecause: expect.stringContaining('which is not Google'),
      changedAt: '2026-11-18T11:06:40.000Z',
      packageSha256: one.sha256,
      previousPackageSha256: null,
      facts: [
        { name: 'function', value: functionName },
        { name: 'runtime', value: 'nodejs24' },
        { name: 'memory', value: '512Mi' },
        { name: 'vCPU', value: '0.333' },
        { name: 'time-out', value: '60 s' },
        { name: 'concurrency', value: '1' },
        { name: 'max instances', value: '100' },
        { name: 'revision', value: 'shop-dev-00001-xyz' },
        { name: 'runs as', value: account },
      ],
    });
  });

  test('is busy while something is under way', async () => {
    await deploy();
    scene.fake.functions.get(functionName).state = 'DEPLOYING';
    expect(await status()).toMatchObject({ state: 'DEPLOYING', isBusy: true });
  });
});

describe('a rollback', () => {
  test('builds the deploymentPackage before this one again, with the settings that are there, and back', async () => {
    await deploy(one);
    const bigger = { ...target, memoryMiB: 1024 };
    await deploy(two, bigger);
    expect(await rollback()).toMatchObject({ isChanged: true });
    expect(builtFrom()).toBe(one);
    expect(await status()).toMatchObject({
      packageSha256: one.sha256,
      previousPackageSha256: two.sha256,
      facts: expect.arrayContaining([{ name: 'memory', value: '1024Mi' }]),
    });
    scene.sent();
    expect(await deploy(one, bigger)).toMatchObject({ isChanged: false });

    expect(await rollback()).toMatchObject({ isChanged: true });
    expect(builtFrom()).toBe(two);
  });

  test.each([
    ['nothing is deployed', async () => {}],
    ['there is no deployment package before this one', () => deploy(one)],
    [
      'it lay elsewhere',
      async () => {
        await deploy(one);
        await deploy(two);
        scene.fake.functions.get(functionName).labels['tricloud-previous-place'] = '0'.repeat(32);
      },
    ],
    [
      'it was deployed otherwise since',
      async () => {
        await deploy(one);
        await deploy(two);
        scene.fake.functions.get(functionName).labels['deployment-tool'] = 'cli-gcloud';
      },
    ],
  ])('says so when %s', async (_why, prepare) => {
    await prepare();
    scene.sent();
    await expect(rollback()).rejects.toBeInstanceOf(NothingDeployedError);
    expect(scene.sent()).toEqual(['GetFunction', 'GET iam']);
  });

  test('to a deployment package that Google no longer keeps says so, and what is deployed stays', async () => {
    await deploy(one);
    await deploy(two);
    const labels = scene.fake.functions.get(functionName).labels;
    labels['tricloud-previous-generation'] = '7';
    await expect(rollback()).rejects.toMatchObject({
      message: expect.stringContaining('No such object'),
    });
    expect(await status()).toMatchObject({ state: 'ACTIVE', packageSha256: two.sha256 });
  });

  test('that fails leaves what is deployed', async () => {
    await deploy(one);
    await deploy(two);
    scene.fake.build = { polls: 2, fails: { code: 3, message: 'Build failed' } };
    await expect(rollback()).rejects.toThrow('What was deployed before still answers.');
    expect(builtFrom()).toBe(two);
  });
});

describe('a removal', () => {
  test('names what goes, and removes that and nothing else', async () => {
    await deploy(one, { ...target, secrets: { KEY: 'stripe:1' } });
    scene.fake.rest.accounts.set('payroll@my-shop.iam.gserviceaccount.com', { description: '' });
    expect(await removals()).toEqual([
      `roles/secretmanager.secretAccessor for serviceAccount:${account} on projects/my-shop/secrets/stripe`,
      `function ${functionName}`,
      `Cloud Run service ${serviceName}`,
      `service account ${account}`,
    ]);
    await remove();
    expect(scene.fake.functions.size).toBe(0);
    expect([...scene.fake.rest.accounts.keys()]).toEqual([
      'payroll@my-shop.iam.gserviceaccount.com',
    ]);
    expect(scene.fake.rest.policies.get('v1/projects/my-shop/secrets/stripe').bindings).toEqual([]);
    expect(scene.steps.at(-1)).toMatchObject({
      state: 'skipped',
      detail: expect.stringContaining('gcf-artifacts'),
    });
    expect(await removals()).toEqual([]);
  });

  test('of nothing is no error', async () => {
    await remove();
    expect(scene.sent()).toEqual(['GetFunction', 'GET iam']);
  });

  test('that was interrupted after the function goes on with the account', async () => {
    await deploy();
    const controller = new AbortController();
    scene.fake.onCall = (name) => {
      if (name === 'DeleteFunction') controller.abort();
    };
    const { signal } = controller;
    await expect(
      scene.see(scene.google.remove(target, scene.context({ signal }))),
    ).rejects.toMatchObject({
      name: 'InterruptedError',
      hint: 'npx tricloud remove google --name shop --stage dev --region google=us-central1',
    });
    scene.fake.onCall = () => {};
    await expect(remove()).rejects.toBeInstanceOf(DeploymentInProgressError);
    scene.fake.finish();
    await remove();
    expect([scene.fake.functions.size, scene.fake.rest.accounts.size]).toEqual([0, 0]);
  });

  test('leaves a function that is not of its making', async () => {
    await deploy();
    scene.fake.functions.get(functionName).labels = {};
    await expect(removals()).rejects.toBeInstanceOf(DeployError);
    await expect(remove()).rejects.toBeInstanceOf(DeployError);
    expect([scene.fake.functions.size, scene.fake.rest.accounts.size]).toEqual([1, 1]);
  });

  test('waits for no deployment of somebody else', async () => {
    await deploy();
    scene.fake.functions.get(functionName).state = 'DEPLOYING';
    await expect(remove()).rejects.toBeInstanceOf(DeploymentInProgressError);
  });

  test('that fails says what is left', async () => {
    await deploy();
    scene.fake.build = { polls: 1, fails: { code: 13, message: 'An internal error' } };
    await expect(remove()).rejects.toMatchObject({
      message: expect.stringContaining('An internal error'),
      leftBehind: [`function ${functionName}`, `service account ${account}`],
    });
  });
});
