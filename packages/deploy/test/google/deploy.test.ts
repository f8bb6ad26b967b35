import { deploymentId } from '../../src/engine/deployment-id.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openScene, packageOf, functionName, type Scene, serviceName, target } from './scene.ts';

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

describe('a deployment', () => {
  test('makes an account without roles, uploads, creates, waits, and lets everybody call', async () => {
    expect(await deploy()).toEqual({
      isChanged: true,
      id: deploymentId(target, one),
      url: null,
      noUrlBecause: expect.stringMatching(
        /^CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDFUNCTIONS is 127\.0\.0\.1:\d+, which is not Google$/,
      ),
    });
    expect(scene.sent()).toEqual([
      'GetFunction',
      'GET iam',
      'POST iam',
      'GET iam',
      'GenerateUploadUrl',
      'PUT upload',
      'CreateFunction',
      'GetFunction',
      'GET run:getIamPolicy',
      'GET run',
      'GET run:getIamPolicy',
      'POST run:setIamPolicy',
    ]);
    expect(scene.fake.functions.get(functionName)).toMatchObject({
      state: 'ACTIVE',
      serviceConfig: {
        availableMemory: '512Mi',
        timeoutSeconds: 60,
        maxInstanceRequestConcurrency: 1,
        environmentVariables: {
          TRICLOUD_REGION: 'us-central1',
          TRICLOUD_MEMORY_MIB: '512',
          TRICLOUD_DEPLOYMENT_ID: deploymentId(target, one),
        },
        ingressSettings: 'ALLOW_ALL',
        serviceAccountEmail: account,
      },
    });
    expect(scene.fake.rest.policies.get(`v2/${serviceName}`)).toMatchObject({
      bindings: [{ role: 'roles/run.invoker', members: ['allUsers'] }],
    });
    const progress = scene.steps.filter(({ state }) => state === 'progress');
    expect(progress.map(({ detail }) => detail)).toEqual([
      'build: in progress',
      'build: done, service: in progress',
    ]);
  });

  test('a second time changes nothing, sends nothing, and says so', async () => {
    await deploy();
    scene.sent();
    scene.steps.length = 0;
    expect(await deploy()).toMatchObject({ isChanged: false });
    expect(scene.sent()).toEqual(['GetFunction', 'GET iam', 'GET run', 'GET run:getIamPolicy']);
    expect(scene.steps).toContainEqual({
      name: 'deploy',
      state: 'skipped',
      detail: 'nothing to change',
    });
  });

  test('of another deploymentPackage updates the function, and remembers the one before', async () => {
    await deploy(one);
    await deploy(two);
    expect(scene.sent()).toContain('UpdateFunction');
    expect(await scene.see(scene.google.status(target, scene.context()))).toMatchObject({
      packageSha256: two.sha256,
      previousPackageSha256: one.sha256,
    });
  });

  test('of other settings builds nothing anew', async () => {
    await deploy();
    scene.sent();
    const more = {
      ...target,
      memoryMiB: 1024,
      timeoutSeconds: 120,
      concurrency: 80,
      maxInstances: 3,
      environment: { GREETING: 'hi' },
    };
    expect(await deploy(one, more)).toMatchObject({ isChanged: true });
    const sent = scene.sent();
    expect(sent).toContain('UpdateFunction');
    expect(sent).not.toContain('GenerateUploadUrl');
    expect(scene.fake.functions.get(functionName)).toMatchObject({
      state: 'ACTIVE',
      buildConfig: { source: { storageSource: { object: 'shop-dev/function-source.zip' } } },
      serviceConfig: {
        availableMemory: '1024Mi',
        availableCpu: '1',
        timeoutSeconds: 120,
        maxInstanceRequestConcurrency: 80,
        maxInstanceCount: 3,
        environmentVariables: {
          GREETING: 'hi',
          TRICLOUD_MEMORY_MIB: '1024',
          TRICLOUD_REGION: 'us-central1',
        },
      },
    });
  });

  test('lets the function read the secrets that it names and no other, and no longer those it named', async () => {
    const secrets = {
      STRIPE_KEY: 'stripe:3',
      MAIL: 'projects/my-shop/secrets/mail/versions/latest',
    };
    await deploy(one, { ...target, secrets });
    const reader = `serviceAccount:${account}`;
    const policyOf = (secret: string) =>
      scene.fake.rest.policies.get(`v1/projects/my-shop/secrets/${secret}`)?.bindings;
    const mayRead = [{ role: 'roles/secretmanager.secretAccessor', members: [reader] }];
    expect([policyOf('stripe'), policyOf('mail')]).toEqual([mayRead, mayRead]);
    expect(scene.fake.functions.get(functionName).serviceConfig.secretEnvironmentVariables).toEqual(
      [
        { key: 'STRIPE_KEY', projectId: 'my-shop', secret: 'stripe', version: '3' },
        { key: 'MAIL', projectId: 'my-shop', secret: 'mail', version: 'latest' },
      ],
    );
    await deploy(one, { ...target, secrets: { STRIPE_KEY: 'stripe:3' } });
    expect([policyOf('stripe'), policyOf('mail')]).toEqual([mayRead, []]);
  });

  test('takes a project that Google tells by its number for the one that was asked for by its id', async () => {
    const withSecret = { ...target, secrets: { STRIPE_KEY: 'stripe:3' } };
    await deploy(one, withSecret);
    const [secret] =
      scene.fake.functions.get(functionName).serviceConfig.secretEnvironmentVariables;
    secret.projectId = '123456789012';
    expect(await deploy(one, withSecret)).toMatchObject({ isChanged: false });
    const others = { ...target, secrets: { STRIPE_KEY: 'stripe:4' } };
    expect(await deploy(one, others)).toMatchObject({ isChanged: true });
  });

  test('keeps what others wrote into a policy and into labels', async () => {
    await deploy();
    const resource = `v2/${serviceName}`;
    const others = [
      { role: 'roles/run.invoker', members: ['user:ann@example.com'] },
      { role: 'roles/run.invoker', members: ['allUsers'], condition: { expression: 'false' } },
    ];
    scene.fake.rest.policies.set(resource, { version: 3, etag: 'etag-7', bindings: others });
    scene.fake.functions.get(functionName).labels.team = 'checkout';
    await deploy(two);
    expect(scene.fake.rest.policies.get(resource)).toEqual({
      version: 3,
      etag: 'etag-8',
      bindings: [
        others[1],
        { role: 'roles/run.invoker', members: ['user:ann@example.com', 'allUsers'] },
      ],
    });
    expect(scene.fake.functions.get(functionName).labels).toMatchObject({ team: 'checkout' });
  });

  test('after somebody deployed otherwise is sent again', async () => {
    await deploy();
    scene.fake.functions.get(functionName).labels['deployment-tool'] = 'cli-gcloud';
    expect(await scene.see(scene.google.differences(target, one, scene.context()))).toEqual([
      {
        what: 'deployment package',
        deployed: 'one that tricloud did not deploy',
        planned: one.sha256,
      },
    ]);
    expect(await deploy()).toMatchObject({ isChanged: true });
  });

  test('leaves a function alone that is not of its making', async () => {
    await deploy();
    delete scene.fake.functions.get(functionName).labels.tricloud;
    scene.sent();
    await expect(deploy(two)).rejects.toMatchObject({
      message: expect.stringContaining('tricloud did not make it'),
      hint: 'choose another --name or --stage',
    });
    expect(scene.sent()).toEqual(['GetFunction']);
  });

  test('leaves an account alone that is not of its making', async () => {
    scene.fake.rest.accounts.set(account, { description: 'the payroll' });
    await expect(deploy()).rejects.toMatchObject({
      message: expect.stringContaining(account),
      leftBehind: [],
    });
    expect(scene.sent()).toEqual(['GetFunction', 'GET iam']);
  });

  test('does not wait for an account that is not new', async () => {
    scene.fake.rest.accounts.set(account, {
      description: 'The function shop-dev in us-central1 runs as this account; made by tricloud.',
    });
    scene.fake.unknownAccountFor = 3;
    await expect(deploy()).rejects.toThrow(`Service account ${account} was not found.`);
    expect(scene.sent().filter((call) => call === 'CreateFunction')).toHaveLength(1);
  });

  test('uploads nothing to an address that is not encrypted', async () => {
    const body = {
      uploadUrl: 'http://storage.example/x?X-Goog-Signature=planted-signature',
      storageSource: { bucket: 'b', object: 'o' },
    };
    scene.fake.faults.set('GenerateUploadUrl', [{ status: 200, body }]);
    await expect(deploy()).rejects.toMatchObject({
      message: 'the upload URL of storage.example is not https; nothing was uploaded',
    });
  });

  test('waits until a new account is known everywhere', async () => {
    scene.fake.unknownAccountFor = 3;
    expect(await deploy()).toMatchObject({ isChanged: true });
    expect(scene.sent().filter((call) => call === 'CreateFunction')).toHaveLength(4);
  });
});

describe('the differences', () => {
  test('of what is not there are the function', async () => {
    const found = await scene.google.differences(target, one, scene.context());
    expect(found).toEqual([
      { what: 'function shop-dev', deployed: null, planned: 'new' },
      { what: 'access', deployed: null, planned: 'everyone (allUsers)' },
    ]);
  });

  test('are what a deployment would change, secrets not told', async () => {
    const before = {
      ...target,
      environment: { API_TOKEN: 'planted-token-of-the-environment', GONE: 'x' },
    };
    await deploy(one, before);
    const after = {
      ...target,
      memoryMiB: 1024,
      environment: { API_TOKEN: 'another' },
      secrets: { KEY: 'stripe:1' },
    };
    expect(await scene.see(scene.google.differences(after, two, scene.context()))).toEqual([
      { what: 'deployment package', deployed: one.sha256, planned: two.sha256 },
      { what: 'memory', deployed: '512Mi', planned: '1024Mi' },
      { what: 'vCPU', deployed: '0.333', planned: '0.583' },
      {
        what: 'environment.API_TOKEN',
        deployed: 'a value (not shown)',
        planned: 'another value (not shown)',
      },
      { what: 'environment.GONE', deployed: 'a value (not shown)', planned: null },
      {
        what: 'environment.TRICLOUD_MEMORY_MIB',
        deployed: 'a value (not shown)',
        planned: 'another value (not shown)',
      },
      {
        what: 'secrets.KEY',
        deployed: null,
        planned: 'projects/my-shop/secrets/stripe/versions/1',
      },
      {
        what: `roles/secretmanager.secretAccessor for serviceAccount:${account} on projects/my-shop/secrets/stripe`,
        deployed: null,
        planned: 'granted',
      },
    ]);
  });

  test('are none after a deployment, unless somebody took the public’s access', async () => {
    await deploy();
    const differences = () => scene.see(scene.google.differences(target, one, scene.context()));
    expect(await differences()).toEqual([]);
    scene.fake.rest.policies.delete(`v2/${serviceName}`);
    expect(await differences()).toEqual([
      { what: 'access', deployed: 'not everyone', planned: 'everyone (allUsers)' },
    ]);
    expect(await deploy()).toMatchObject({ isChanged: true });
    expect(await differences()).toEqual([]);
  });

  test('are unknown without credentials', async () => {
    const env = { METADATA_SERVER_DETECTION: 'none', HOME: scene.folder };
    const found = await scene.google.differences(target, one, scene.context({ env }));
    expect(found).toBeNull();
  });
});
