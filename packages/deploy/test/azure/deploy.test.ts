import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deploymentIdVariable } from '../../src/engine/deployment-id.ts';
import { failed } from './failed.ts';
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

  test('publishes alone where nothing but the deployment package is another', async () => {
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

  test('deploys the template alone where the deployment package is the same', async () => {
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

  test('fetches every token at its start: a CI job gets none after a few minutes', async () => {
    const { azure, cloud, entra } = world;
    let tokens = 0;
    const met = () => (tokens = entra.tokens.length);
    azure.faults.push({ method: 'GET', path: /geoRegions$/, answer: { status: 403 }, met });
    await cloud.deploy(target, first, world.context());
    expect(tokens).toBe(2);
    expect(entra.tokens).toHaveLength(2);
  });

  test('lets the app answer with the id only after the package is published', async () => {
    const { azure, cloud } = world;
    const { id } = await cloud.deploy(target, first, world.context());
    expect(azure.settings[deploymentIdVariable]).toBe(id);
    const larger = { ...target, memoryMiB: 4096 };
    let meanwhile: string | undefined = 'unread';
    const met = () => (meanwhile = azure.settings[deploymentIdVariable]);
    azure.faults.push({ method: 'POST', path: /publish$/, answer: { status: 503 }, met });
    const { id: next } = await cloud.deploy(larger, second, world.context());
    expect(meanwhile).toBeUndefined();
    expect(azure.settings).toMatchObject({ [deploymentIdVariable]: next, GREETING: 'hello' });
    expect(next).not.toBe(id);
    await cloud.rollback(larger, world.context());
    expect(azure.settings[deploymentIdVariable]).toBeUndefined();
    expect(azure.settings['GREETING']).toBe('hello');
  });

  test('waits until the host takes the triggers of the new code', async () => {
    const starting = { status: 400, body: { Message: 'The host is not running.' } };
    world.azure.faults.push({ method: 'POST', path: /triggers$/, answer: starting, times: 3 });
    await world.cloud.deploy(target, first, world.context());
    expect(world.azure.faults).toEqual([]);
    const synced = world.azure.received.filter(({ path }) => path.endsWith('triggers'));
    expect(synced).toHaveLength(4);
  });

  test('fails where the triggers cannot be synchronized, and publishes again the next time', async () => {
    const answer = { status: 403, body: { error: { code: 'Forbidden', message: 'Not you.' } } };
    world.azure.faults.push({ method: 'POST', path: /triggers$/, answer });
    expect(await failed(world.cloud.deploy(target, first, world.context()))).toMatchObject({
      message: expect.stringContaining('could not publish the deployment package: Forbidden'),
    });
    expect(await world.cloud.deploy(target, first, world.context())).toMatchObject({
      isChanged: true,
    });
  });

  test('changes what somebody else changed on the app', async () => {
    await world.cloud.deploy(target, first, world.context());
    world.azure.settings['GREETING'] = 'by hand';
    world.azure.received.length = 0;
    await world.cloud.deploy(target, first, world.context());
    expect(world.written()).toEqual(['PATCH tags', 'PUT template', 'PATCH tags']);
    expect(world.azure.settings['GREETING']).toBe('hello');
  });
});

describe('what the region does not take', () => {
  test.each([
    [
      'Node.js',
      { nodeVersions: ['20', '22'] },
      null,
      /^eastus has Node\.js 20, 22, not 24; nothing/,
    ],
    [
      'so few instances',
      { instances: [40, 1000] as [number, number] },
      7,
      /^eastus takes 40 to 1000 instances at most, not 7; nothing/,
    ],
    ['so many instances', { instances: [40, 100] as [number, number] }, 101, /not 101; nothing/],
  ])('is refused before anything is created: %s', async (_what, offer, maxInstances, message) => {
    Object.assign(world.azure, offer);
    const asked = { ...target, maxInstances };
    const error = await failed(world.cloud.deploy(asked, first, world.context()));
    expect(error).toMatchObject({ name: 'DeployError', message: expect.stringMatching(message) });
    expect(error.hint).toMatch(/^(?:az functionapp list-|pass --max-instances (?:40|100)$)/);
    expect(error.leftBehind).toEqual([]);
    expect(world.written()).toEqual([]);
  });

  test('is refused in a change, too', async () => {
    await world.cloud.deploy(target, first, world.context());
    world.azure.instances = [40, 1000];
    world.azure.received.length = 0;
    const few = { ...target, maxInstances: 7 };
    expect(await failed(world.cloud.deploy(few, first, world.context()))).toMatchObject({
      hint: 'pass --max-instances 40',
    });
    expect(world.written()).toEqual([]);
  });

  test('does not matter where Azure does not say', async () => {
    const answer = { status: 403 };
    world.azure.faults.push(
      { method: 'GET', path: /geoRegions$/, answer },
      { method: 'GET', path: /functionAppStacks$/, answer },
    );
    expect(await world.cloud.deploy(target, first, world.context())).toMatchObject({
      isChanged: true,
    });
  });
});

describe('a function for callers with a key', () => {
  const url = 'https://shop.example/v1?a=1';

  test('is called with the app’s key', async () => {
    const closed = { ...target, auth: 'iam' } as const;
    await world.cloud.deploy(closed, first, world.context());
    expect(world.azure.settings['TRICLOUD_AUTH']).toBe('iam');
    const request = new Request(url, { headers: { accept: 'text/plain' } });
    const signed = await world.cloud.signRequest(closed, request, world.context());
    expect(signed.url).toBe(url);
    expect(Object.fromEntries(signed.headers)).toEqual({
      accept: 'text/plain',
      'x-functions-key': world.azure.functionKey,
    });
  });

  test('that is not there cannot be called', async () => {
    const closed = { ...target, auth: 'iam' } as const;
    const signing = world.cloud.signRequest(closed, new Request(url), world.context());
    expect(await failed(signing)).toMatchObject({ name: 'NothingDeployedError' });
  });

  test('is open to everyone otherwise, and no key is read', async () => {
    await world.cloud.deploy(target, first, world.context());
    const signed = await world.cloud.signRequest(target, new Request(url), world.context());
    expect([...signed.headers]).toEqual([]);
    expect(world.azure.received.some(({ path }) => path.endsWith('listkeys'))).toBe(false);
  });
});
