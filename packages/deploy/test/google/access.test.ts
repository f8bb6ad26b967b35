import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Target } from '../../src/engine/target.ts';
import { refusal } from './fake-google.ts';
import { functionName, openScene, packageOf, type Scene, serviceName, target } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const one = packageOf('one');
const two = packageOf('two');
const deployer = 'serviceAccount:deployer@my-shop.iam.gserviceaccount.com';
const ada = 'user:ada@example.com';

const deploy = (asked: Target = target, deploymentPackage = one) =>
  scene.see(scene.google.deploy(asked, deploymentPackage, scene.context()));
const differences = (asked: Target = target) =>
  scene.see(scene.google.differences(asked, one, scene.context()));
const bindings = () => scene.fake.rest.policies.get(`v2/${serviceName}`)?.bindings ?? [];
const access = (planned: string) => ({ what: 'access', deployed: null, planned });
const invoker = (...members: string[]) => ({ role: 'roles/run.invoker', members });
const isOpen = () => scene.fake.rest.open.has(serviceName);

describe('under domain restricted sharing', () => {
  beforeEach(() => {
    scene.fake.rest.isRestricted = true;
  });

  test('a function is public without Cloud Run’s check of callers', async () => {
    expect(await deploy()).toMatchObject({ isChanged: true });
    expect([isOpen(), bindings()]).toEqual([true, []]);
    expect(scene.steps).toContainEqual({
      name: 'set who can call the function',
      state: 'progress',
      detail: 'the organization refuses allUsers: invokerIamDisabled is set instead',
    });
    expect(await deploy()).toMatchObject({ isChanged: false });
  });

  test('it is public again after each deployment, which resets the setting', async () => {
    await deploy();
    await deploy(target, two);
    expect(isOpen()).toBe(true);
    await scene.see(scene.google.rollback(target, scene.context()));
    expect(isOpen()).toBe(true);
  });

  test('the plan says so', async () => {
    expect(await differences()).toContainEqual(
      access('everyone (invokerIamDisabled, because the organization refuses allUsers)'),
    );
    const denied = refusal(403, 'PERMISSION_DENIED', 'no');
    scene.fake.faults.set('POST cloudresourcemanager:getEffectiveOrgPolicy', [denied]);
    expect(await differences()).toContainEqual(
      access('everyone (allUsers, or invokerIamDisabled where the organization refuses that)'),
    );
  });

  test('a refusal for another reason is reported', async () => {
    scene.fake.faults.set('POST run:setIamPolicy', [refusal(403, 'PERMISSION_DENIED', 'no')]);
    await expect(deploy()).rejects.toMatchObject({ hint: expect.stringContaining('run.admin') });
    expect(isOpen()).toBe(false);
  });
});

describe('with auth iam', () => {
  const restricted: Target = { ...target, auth: 'iam' };

  test('the deployer alone may call, where nobody is named', async () => {
    await deploy(restricted);
    expect(bindings()).toEqual([invoker(deployer)]);
    expect(await deploy(restricted)).toMatchObject({ isChanged: false });
  });

  test('the named members may call, and nobody else', async () => {
    await deploy();
    const others = [
      { role: 'roles/run.invoker', members: ['allUsers'], condition: { expression: 'true' } },
      { role: 'roles/run.viewer', members: [ada] },
    ];
    const policy = { version: 3, etag: 'etag-7', bindings: [...others, ...bindings()] };
    scene.fake.rest.policies.set(`v2/${serviceName}`, policy);
    const asked = { ...restricted, invokers: [ada] };
    expect(await differences(asked)).toContainEqual({
      what: 'access',
      deployed: 'allUsers, allUsers',
      planned: ada,
    });
    expect(await deploy(asked)).toMatchObject({ isChanged: true });
    expect(bindings()).toEqual([others[1], invoker(ada)]);
    expect(await deploy(asked)).toMatchObject({ isChanged: false });
  });

  test('Cloud Run checks its callers again', async () => {
    scene.fake.rest.isRestricted = true;
    await deploy();
    expect(isOpen()).toBe(true);
    const asked = { ...restricted, invokers: [ada] };
    expect(await differences(asked)).toContainEqual({
      what: 'access',
      deployed: 'everyone (invokerIamDisabled)',
      planned: ada,
    });
    // The update of the function resets it; somebody sets it again.
    scene.fake.onCall = (name) => {
      if (name === 'POST run:setIamPolicy') scene.fake.rest.open.add(serviceName);
    };
    await deploy(asked);
    expect([isOpen(), bindings()]).toEqual([false, [invoker(ada)]]);
  });

  test('a function of another access says its own deployment', async () => {
    await deploy();
    const { id } = await deploy({ ...restricted, invokers: [ada] });
    const { environmentVariables } = scene.fake.functions.get(functionName).serviceConfig;
    expect(environmentVariables.TRICLOUD_DEPLOYMENT_ID).toBe(id);
  });

  test('the plan names who can call', async () => {
    const plan = await scene.google.plan(restricted, one, scene.context());
    expect(plan.access).toMatch(/^only the deployer can call it; at most 100 instances/);
    expect(plan.permissions[0]).toMatchObject({ who: 'the deployer' });
    const asked = { ...restricted, invokers: [ada], maxInstances: 3 };
    const another = await scene.google.plan(asked, one, scene.context());
    expect(another.access).toBe(`only ${ada} can call it; at most 3 instances limit its bill`);
  });
});
