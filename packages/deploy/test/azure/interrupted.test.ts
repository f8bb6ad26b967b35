import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed } from './failed.ts';
import { archiveOf, group, startWorld, target, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const first = archiveOf('first');
const second = archiveOf('second');
const template = /deployments\/tricloud$/;

describe('a deployment to Azure that is in the way of another', () => {
  test('says so, and changes nothing', async () => {
    await world.cloud.deploy(target, first, world.surroundings());
    world.azure.groups.get(group)!.deployment!.state = 'Running';
    world.azure.received.length = 0;
    const error = await failed(world.cloud.deploy(target, second, world.surroundings()));
    expect(error).toMatchObject({
      name: 'DeploymentInProgressError',
      message: `a deployment into the resource group ${group} is under way; wait until it is done`,
      hint: 'tricloud status azure',
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
    expect(await failed(world.cloud.deploy(target, first, world.surroundings()))).toMatchObject({
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
    expect(await failed(world.cloud.deploy(target, first, world.surroundings()))).toMatchObject({
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
      cloud.deploy(target, first, world.surroundings()),
      cloud.removals(target, world.surroundings()),
      cloud.remove(target, world.surroundings()),
      cloud.rollback(target, world.surroundings()),
    ];
    for (const work of works) {
      expect(await failed(work)).toMatchObject({
        message: `the resource group ${group} is not from here: it has no tag tricloud=${group}. It is left as it is.`,
      });
    }
    expect(world.written()).toEqual([]);
  });

  test('does not move a group to another region', async () => {
    await world.cloud.deploy(target, first, world.surroundings());
    const moved = { ...target, region: 'westeurope' };
    expect(await failed(world.cloud.deploy(moved, first, world.surroundings()))).toMatchObject({
      message: `the resource group ${group} is in eastus, and a group cannot move to westeurope`,
    });
  });

  test('creates nothing in a region without Flex Consumption', async () => {
    const elsewhere = { ...target, region: 'uksouth' };
    const answer = { status: 403, body: { error: { code: 'Forbidden', message: 'Not you.' } } };
    world.azure.faults.push({ method: 'GET', path: new RegExp(`${group}$`), answer });
    expect(await failed(world.cloud.deploy(elsewhere, first, world.surroundings()))).toMatchObject({
      message: expect.stringContaining('Forbidden: Not you.'),
      hint: 'tricloud deploy azure --name shop --stage dev --region azure=uksouth',
    });
    expect(await failed(world.cloud.deploy(elsewhere, first, world.surroundings()))).toMatchObject({
      message: expect.stringContaining('nothing was created'),
    });
    expect(world.written()).toEqual([]);
  });
});

describe('a deployment to Azure that is interrupted', () => {
  test.each([
    ['at the template', 'deploy the template', ['PUT template', 'POST cancel']],
    ['at the publication', 'publish the archive', ['POST publish']],
  ])('%s says what is there, and the next run goes on', async (_where, step, done) => {
    world.azure.deploymentPolls = 5;
    world.azure.publications.push(
      ...Array.from({ length: 5 }, () => ({ status: 1, status_text: '' })),
    );
    const controller = new AbortController();
    const interrupted = world.cloud.deploy(
      target,
      first,
      world.surroundings({
        signal: controller.signal,
        onStep: ({ name, state }) => {
          if (name === step && state !== 'done') setTimeout(() => controller.abort(), 5);
        },
      }),
    );
    // Whoever interrupts does it while Azure works.
    world.azure.faults.push(
      {
        method: 'GET',
        path: /operationStatuses/,
        answer: step.includes('template') ? 'hang' : { status: 500 },
      },
      { method: 'GET', path: /publication-1/, answer: 'hang' },
    );
    const error = await failed(interrupted);
    expect(error).toMatchObject({
      name: 'InterruptedError',
      leftBehind: expect.arrayContaining([`resource group ${group}`]),
      hint: 'tricloud deploy azure --name shop --stage dev',
    });
    expect(world.written()).toEqual(expect.arrayContaining(done));

    world.azure.faults.length = 0;
    world.azure.publications.length = 0;
    expect(await world.cloud.deploy(target, first, world.surroundings())).toMatchObject({
      isChanged: true,
    });
    expect(world.azure.groups.get(group)?.tags['tricloud-archive']).toBe(first.sha256);
    world.azure.received.length = 0;
    await world.cloud.deploy(target, first, world.surroundings());
    expect(world.written()).toEqual([]);
  });

  test('can be removed', async () => {
    const controller = new AbortController();
    world.azure.faults.push({ method: 'GET', path: /operationStatuses/, answer: 'hang' });
    await failed(
      world.cloud.deploy(
        target,
        first,
        world.surroundings({
          signal: controller.signal,
          onStep: ({ name }) => {
            if (name === 'deploy the template') setTimeout(() => controller.abort(), 20);
          },
        }),
      ),
    );
    await world.cloud.remove(target, world.surroundings());
    expect(world.azure.groups.size).toBe(0);
  });
});
