import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeployError } from '../../src/engine/errors.ts';
import { failed } from './failed.ts';
import { packageOf, command, group, startWorld, target, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const first = packageOf('first');
const second = packageOf('second');
const template = /deployments\/tricloud$/;

describe('a deployment to Azure that is in the way of another', () => {
  test('says so, and changes nothing', async () => {
    await world.cloud.deploy(target, first, world.context());
    world.azure.groups.get(group)!.deployment!.state = 'Running';
    world.azure.received.length = 0;
    const error = await failed(world.cloud.deploy(target, second, world.context()));
    expect(error).toMatchObject({
      name: 'DeploymentInProgressError',
      message: 'another deployment or removal of shop-dev is in progress (Running)',
      hint: command('status'),
    });
    expect(world.written()).toEqual([]);
  });

  test('is recognised where both began at once', async () => {
    const active = {
      status: 409,
      body: {
        error: {
          code: 'DeploymentActive',
          message:
            "Unable to edit or replace deployment 'tricloud': previous deployment from '11/22/2026' is still active.",
        },
      },
    };
    world.azure.faults.push({ method: 'PUT', path: template, answer: active });
    expect(await failed(world.cloud.deploy(target, first, world.context()))).toMatchObject({
      name: 'DeploymentInProgressError',
      message: expect.stringContaining('is still active'),
    });
  });

  test('is recognised at the publication', async () => {
    world.azure.faults.push({
      method: 'POST',
      path: /publish$/,
      answer: { status: 409 },
      times: 99,
    });
    expect(await failed(world.cloud.deploy(target, first, world.context()))).toMatchObject({
      name: 'DeploymentInProgressError',
    });
  });

  test('touches no group that is not from here', async () => {
    const theirs = {
      location: 'eastus',
      tags: {},
      state: 'Succeeded',
      resources: [],
      deployment: null,
      site: null,
      polls: 1,
    };
    world.azure.groups.set(group, theirs);
    const { cloud } = world;
    const works = [
      () => cloud.deploy(target, first, world.context()),
      () => cloud.removals(target, world.context()),
      () => cloud.remove(target, world.context()),
      () => cloud.rollback(target, world.context()),
    ];
    for (const work of works) {
      expect(await failed(work())).toMatchObject({
        message: `the resource group ${group} exists, and tricloud did not make it`,
      });
    }
    expect(world.written()).toEqual([]);
  });

  test('does not move a group to another region', async () => {
    await world.cloud.deploy(target, first, world.context());
    const moved = { ...target, region: 'westeurope' };
    expect(await failed(world.cloud.deploy(moved, first, world.context()))).toMatchObject({
      message: `the resource group ${group} is in eastus, and a group cannot move to westeurope: remove it, or pass another --stage`,
      hint: command('remove', 'westeurope'),
    });
  });

  test('creates nothing in a region without Flex Consumption', async () => {
    const elsewhere = { ...target, region: 'uksouth' };
    const answer = { status: 403, body: { error: { code: 'Forbidden', message: 'Not you.' } } };
    world.azure.faults.push({ method: 'GET', path: new RegExp(`${group}$`), answer });
    expect(await failed(world.cloud.deploy(elsewhere, first, world.context()))).toMatchObject({
      message: expect.stringContaining('Forbidden: Not you.'),
      hint: command('deploy', 'uksouth'),
    });
    expect(await failed(world.cloud.deploy(elsewhere, first, world.context()))).toMatchObject({
      message: 'uksouth has no Flex Consumption, or not for this subscription; nothing was changed',
    });
    expect(world.written()).toEqual([]);
  });
});

/** Interrupts a deployment as this request comes in, which is never answered. */
async function interrupt(method: string, path: RegExp, after = 0): Promise<DeployError> {
  const controller = new AbortController();
  const met = () => controller.abort();
  world.azure.faults.push({ method, path, after, answer: 'hang', met });
  const { signal } = controller;
  return failed(world.cloud.deploy(target, first, world.context({ signal })));
}

describe('a deployment to Azure that is interrupted', () => {
  test.each([
    ['as the regions are asked for', 'GET', /geoRegions$/, 0],
    ['as the group is made', 'PUT', /\/shop-dev$/, 0],
    ['as the change is noted', 'PATCH', /tags\/default$/, 0],
    ['as the template is sent', 'PUT', /deployments\/tricloud$/, 0],
    ['while Azure makes the resources', 'GET', /operationStatuses/, 1],
    ['as the app is looked at', 'GET', /Microsoft\.Web\/sites\/[^/]+$/, 0],
    ['as the template is noted', 'PATCH', /tags\/default$/, 1],
    ['as the deployment package is kept', 'PUT', /^\/blob\//, 0],
    ['as the next deployment package is noted', 'PATCH', /tags\/default$/, 2],
    ['as the deployment package is published', 'POST', /publish$/, 0],
    ['while Azure takes the deployment package in', 'GET', /publication-1$/, 0],
    ['as the deployment package is noted', 'PATCH', /tags\/default$/, 3],
  ])('%s is gone on with by the next run', async (_when, method, path, after) => {
    world.azure.deploymentPolls = 3;
    expect(await interrupt(method, path, after)).toMatchObject({
      name: 'InterruptedError',
      hint: command('deploy'),
      cleanUp: world.azure.groups.has(group) ? command('remove') : null,
    });
    expect(await world.cloud.deploy(target, first, world.context())).toMatchObject({
      isChanged: true,
    });
    expect(world.azure.groups.get(group)?.tags['tricloud-archive']).toBe(first.sha256);
    world.azure.received.length = 0;
    await world.cloud.deploy(target, first, world.context());
    expect(world.written()).toEqual([]);
  });

  test('leaves no deployment running, and says what is there', async () => {
    world.azure.deploymentPolls = 3;
    const error = await interrupt('GET', /operationStatuses/);
    expect(error.leftBehind).toEqual([`resource group ${group}`]);
    expect(world.written()).toEqual(['PUT group', 'PATCH tags', 'PUT template', 'POST cancel']);
    expect(world.azure.groups.get(group)?.deployment?.state).toBe('Canceled');
  });

  test('can be removed', async () => {
    await interrupt('GET', /publication-1$/);
    await world.cloud.remove(target, world.context());
    expect(world.azure.groups.size).toBe(0);
  });
});
