import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed } from './failed.ts';
import { packageOf, command, group, startWorld, target, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const deploymentPackage = packageOf('first');
const deploy = () => world.cloud.deploy(target, deploymentPackage, world.context());
/** Azure does what it is asked for, and its answer never arrives. */
const lose = (method: string, path: RegExp, after = 0) =>
  world.azure.faults.push({ method, path, after, answer: 'lose' });

describe('an answer of Azure that is lost on its way', () => {
  test.each([
    ['that the group is there', 'PUT', /\/shop-dev$/, 0],
    ['that the change is noted', 'PATCH', /tags\/default$/, 0],
    ['that the deployment package is kept', 'PUT', /^\/blob\//, 0],
    ['that the next deployment package is noted', 'PATCH', /tags\/default$/, 2],
    ['that the deployment package is taken', 'POST', /publish$/, 0],
    ['that the deployment package is noted', 'PATCH', /tags\/default$/, 3],
  ])('is asked for again: %s', async (_what, method, path, after) => {
    lose(method, path, after);
    expect(await deploy()).toMatchObject({ isChanged: true });
    expect(world.azure.faults).toEqual([]);
    expect(world.azure.groups.get(group)?.tags['tricloud-archive']).toBe(deploymentPackage.sha256);
    expect(await deploy()).toMatchObject({ isChanged: false });
  });

  test('that the template is taken leaves it to Azure, and the next run goes on', async () => {
    lose('PUT', /deployments\/tricloud$/);
    expect(await failed(deploy())).toMatchObject({
      name: 'DeploymentInProgressError',
      leftBehind: [`resource group ${group}`],
      hint: command('status'),
    });
    const { deployment } = world.azure.groups.get(group) ?? {};
    expect(deployment?.state).toBe('Running');
    if (deployment) deployment.state = 'Failed';
    expect(await deploy()).toMatchObject({ isChanged: true });
  });

  test('that the group is being removed is asked for again, and the group is gone', async () => {
    await deploy();
    lose('DELETE', /\/shop-dev$/);
    await world.cloud.remove(target, world.context());
    expect(world.azure.groups.size).toBe(0);
  });

  test('that the group is gone already counts as gone', async () => {
    await deploy();
    const met = () => void world.azure.groups.delete(group);
    world.azure.faults.push({ method: 'DELETE', path: /\/shop-dev$/, answer: 'drop', met });
    await world.cloud.remove(target, world.context());
    expect(world.steps.at(-1)).toMatchObject({ name: 'remove the resource group', state: 'done' });
  });
});

describe('a token that ends half-way', () => {
  test('is told with what there may be, and what to type', async () => {
    const answer = {
      status: 401,
      body: { error: { code: 'ExpiredAuthenticationToken', message: 'The access token expired.' } },
    };
    world.azure.faults.push({ method: 'GET', path: /operationStatuses/, answer, times: 99 });
    world.azure.faults.push({ method: 'GET', path: /\/shop-dev$/, after: 1, answer, times: 99 });
    expect(await failed(deploy())).toMatchObject({
      name: 'CredentialsError',
      message: expect.stringContaining('ExpiredAuthenticationToken: The access token expired.'),
      leftBehind: [`resource group ${group}`],
      hint: 'az login',
    });
  });
});
