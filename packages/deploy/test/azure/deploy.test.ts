import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageOf, group, planted, startWorld, target, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const first = packageOf('first');
const second = packageOf('second');

describe('a deployment to Azure', () => {
  test('makes the group, the template and the app, and tells where it is', async () => {
    const { azure, cloud } = world;
    expect(await cloud.deploy(target, first, world.context())).toEqual({
      isChanged: true,
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      url: azure.url,
      noUrlBecause: null,
    });
    expect(azure.groups.get(group)).toMatchObject({
      location: 'eastus',
      tags: { tricloud: group, 'tricloud-archive': first.sha256 },
    });
    expect(azure.published).toEqual([first.sha256]);
    expect([...azure.blobs]).toEqual([[`releases/${first.sha256}.zip`, Buffer.from(first.bytes)]]);
    expect(azure.settings).toMatchObject({ GREETING: 'hello', API_KEY: planted.value });
    expect(world.written()).toEqual([
      'PUT group',
      'PATCH tags',
      'PUT template',
      'PATCH tags',
      'PUT package',
      'PATCH tags',
      'POST publish',
      'POST syncfunctiontriggers',
      'PATCH tags',
    ]);
  });

  test('tells how far it is, by the names of the resources', async () => {
    world.azure.deploymentPolls = 4;
    await world.cloud.deploy(target, first, world.context());
    expect(world.steps.map(({ name, state }) => `${name}: ${state}`)).toEqual(
      expect.arrayContaining([
        'create the resource group: done',
        'deploy the template: progress',
        'deploy the template: done',
        'upload the deployment package: done',
        'publish the deployment package: done',
      ]),
    );
    const going = world.steps.find(
      ({ name, state }) => name === 'deploy the template' && state === 'progress',
    );
    expect(going?.detail).toMatch(/^2 of 13 resources: .*shop-dev-plan/);
  });

  test('sends nothing the second time', async () => {
    await world.cloud.deploy(target, first, world.context());
    world.azure.received.length = 0;
    world.steps.length = 0;
    expect(await world.cloud.deploy(target, first, world.context())).toMatchObject({
      isChanged: false,
      url: world.azure.url,
    });
    expect(world.written()).toEqual([]);
    expect(world.steps.at(-1)).toEqual({
      name: 'deploy',
      state: 'skipped',
      detail: 'nothing to change',
    });
  });

  test('publishes alone where nothing but the archive is another', async () => {
    await world.cloud.deploy(target, first, world.context());
    world.azure.received.length = 0;
    await world.cloud.deploy(target, second, world.context());
    expect(world.written()).toEqual([
      'PUT package',
      'PATCH tags',
      'POST publish',
      'POST syncfunctiontriggers',
      'PUT appsettings',
      'PATCH tags',
    ]);
    expect(world.azure.groups.get(group)?.tags).toMatchObject({
      'tricloud-archive': second.sha256,
      'tricloud-previous': first.sha256,
    });
  });

  test('deploys the template alone where the archive is the same', async () => {
    await world.cloud.deploy(target, first, world.context());
    world.azure.received.length = 0;
    const larger = { ...target, memoryMiB: 4096 };
    expect(await world.cloud.deploy(larger, first, world.context())).toMatchObject({
      isChanged: true,
    });
    expect(world.written()).toEqual(['PATCH tags', 'PUT template', 'PATCH tags']);
  });

  test('makes the app anew where somebody removed it by hand', async () => {
    await world.cloud.deploy(target, first, world.context());
    const found = world.azure.groups.get(group);
    found!.resources = found!.resources.filter(({ type }) => type !== 'Microsoft.Web/sites');
    await world.cloud.deploy(target, first, world.context());
    expect(found!.resources.map(({ type }) => type)).toContain('Microsoft.Web/sites');
    expect(world.azure.published).toEqual([first.sha256, first.sha256]);
  });

  test('waits for a role that was given a moment ago, at the container and at the app', async () => {
    const refusal = {
      status: 403,
      headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' },
    };
    world.azure.faults.push({ method: 'PUT', path: /^\/blob\//, answer: refusal, times: 3 });
    const inaccessible = {
      status: 3,
      status_text:
        'InaccessibleStorageException: Failed to access storage account for deployment: Response status code does not indicate success: 403.',
    };
    world.azure.publications.push({ status: 1, status_text: '' }, inaccessible);
    await world.cloud.deploy(target, first, world.context());
    expect(world.azure.published).toEqual([first.sha256, first.sha256]);
  });

  test('gives whoever deploys here for the first time the role on the container', async () => {
    await world.cloud.deploy(target, first, world.context());
    world.azure.received.length = 0;
    const refusal = {
      status: 403,
      headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' },
    };
    world.azure.faults.push({ method: 'PUT', path: /^\/blob\//, answer: refusal });
    await world.cloud.deploy(target, second, world.context());
    expect(world.written()).toEqual([
      'PUT package',
      'PUT template',
      'PUT package',
      'PATCH tags',
      'POST publish',
      'POST syncfunctiontriggers',
      'PUT appsettings',
      'PATCH tags',
    ]);
  });

  test('waits until the name of a new app’s deployment site is known', async () => {
    world.azure.faults.push({ method: 'POST', path: /publish$/, answer: 'drop', times: 9 });
    await world.cloud.deploy(target, first, world.context());
    expect(world.azure.published).toEqual([first.sha256]);
  });

  test('waits until the deployment site of a new app has started', async () => {
    const starting = { status: 503, headers: { 'retry-after': '0' } };
    world.azure.faults.push(
      { method: 'POST', path: /publish$/, answer: starting, times: 5 },
      { method: 'POST', path: /publish$/, answer: { status: 409 }, times: 1 },
      { method: 'GET', path: /publication-1$/, answer: { status: 404 } },
    );
    await world.cloud.deploy(target, first, world.context());
    expect(world.azure.published).toEqual([first.sha256]);
  });

  test('tells no address where the app cannot be asked', async () => {
    world.azure.siteHost = 'shop-dev-x.azurewebsites.net';
    expect(await world.cloud.deploy(target, first, world.context())).toEqual({
      isChanged: true,
      id: expect.any(String),
      url: null,
      noUrlBecause: `Azure is at ${world.azure.url}, where the app’s host shop-dev-x.azurewebsites.net cannot be reached`,
    });
  });
});
