import { describe, expect, test } from 'vitest';
import { deploymentId } from '../../src/engine/deployment-id.ts';
import { archiveOf, doneOf, quickAws, target } from './support.ts';
import { commandLine, toCreate, toUpdate, worldOfTests } from './world.ts';

const world = await worldOfTests();

describe('a deployment', () => {
  test('is made once, changed when something changes, taken back, and removed', async () => {
    expect(await world.deploy()).toEqual({
      isChanged: true,
      id: deploymentId(target, archiveOf('one')),
      url: null,
      noUrlBecause: expect.stringContaining('in place of AWS'),
    });
    expect(world.fake.changes()).toEqual([...toCreate, ...toUpdate]);
    expect(doneOf(world.here.steps)).toEqual([
      'read what is deployed',
      'create the stack and its bucket',
      'upload the deployment package',
      'update the stack',
      'remove packages older than the last five deployments',
    ]);
    expect(world.here.steps).toContainEqual({
      name: 'update the stack',
      state: 'progress',
      detail: expect.stringMatching(/^\d resources, Resource\d$/),
    });

    world.fake.asked.length = 0;
    world.here.steps.length = 0;
    expect(await world.deploy()).toMatchObject({ isChanged: false });
    expect(world.fake.changes()).toEqual([]);
    expect(doneOf(world.here.steps)).toEqual([
      'read what is deployed',
      'deploy: nothing to change',
    ]);

    expect(await world.deploy('two', { memoryMiB: 512, maxInstances: 3 })).toMatchObject({
      isChanged: true,
    });
    expect(world.fake.changes()).toEqual(toUpdate);
    const status = await quickAws.status(target, world.here.context);
    expect(status).toEqual({
      isDeployed: true,
      state: 'UPDATE_COMPLETE',
      isBusy: false,
      url: null,
      noUrlBecause: expect.stringContaining('in place of AWS'),
      changedAt: '2026-11-22T10:00:00.000Z',
      packageSha256: archiveOf('two').sha256,
      previousPackageSha256: archiveOf('one').sha256,
      facts: [
        { name: 'stack', value: 'shop-qa' },
        { name: 'region', value: 'eu-west-1' },
        { name: 'function', value: 'shop-qa' },
        { name: 'runtime', value: 'nodejs24.x' },
        { name: 'architecture', value: 'x86_64' },
        { name: 'memory (MiB)', value: '512' },
        { name: 'time-out (s)', value: '29' },
        { name: 'instances at most', value: '3' },
      ],
    });

    const differs = await quickAws.differences(target, archiveOf('one'), world.here.context);
    expect(differs).toEqual([
      {
        what: 'deployment package',
        deployed: archiveOf('two').sha256,
        planned: archiveOf('one').sha256,
      },
      { what: 'TricloudLambdaFunction.MemorySize', deployed: '512', planned: '256' },
      {
        what: 'TricloudLambdaFunction.ReservedConcurrentExecutions',
        deployed: '3',
        planned: null,
      },
    ]);

    expect(await quickAws.rollback(target, world.here.context)).toMatchObject({
      isChanged: true,
    });
    expect(await quickAws.status(target, world.here.context)).toMatchObject({
      packageSha256: archiveOf('one').sha256,
      previousPackageSha256: null,
      facts: expect.arrayContaining([{ name: 'memory (MiB)', value: '256' }]),
    });
    expect(await quickAws.differences(target, archiveOf('one'), world.here.context)).toEqual([]);
    expect(await world.deploy()).toMatchObject({ isChanged: false });

    expect(await quickAws.removals(target, world.here.context)).toEqual([
      'AWS::CloudFormation::Stack shop-qa',
      'AWS::S3::Bucket shop-bucket',
      ...[...world.fake.objects.keys()].map((path) => `s3:/${path}`),
    ]);
    await quickAws.remove(target, world.here.context);
    expect({ stack: world.fake.stack, objects: world.fake.objects.size }).toEqual({
      stack: null,
      objects: 0,
    });
    await quickAws.remove(target, world.here.context);
    expect(await quickAws.removals(target, world.here.context)).toEqual([]);
    expect((await quickAws.status(target, world.here.context)).isDeployed).toBe(false);
  }, 180_000);

  test('that fails tells AWS’s reason, what it left and how to go on, and can be made again', async () => {
    world.fake.looks = 12;
    world.fake.failure = {
      at: 'UPDATE',
      resource: 'TricloudLambdaFunction',
      type: 'AWS::Lambda::Function',
      reason: 'Specified ReservedConcurrentExecutions decreases the account below its minimum.',
    };
    expect(await world.failing(() => world.deploy())).toEqual({
      name: 'DeployError',
      message:
        'could not update the stack: TricloudLambdaFunction (AWS::Lambda::Function): Specified ReservedConcurrentExecutions decreases the account below its minimum.',
      leftBehind: [
        'AWS::CloudFormation::Stack shop-qa (UPDATE_ROLLBACK_COMPLETE)',
        'AWS::S3::Bucket shop-bucket',
      ],
      hint: commandLine('deploy'),
      cleanUp: commandLine('remove'),
    });
    expect(await quickAws.status(target, world.here.context)).toMatchObject({
      isDeployed: false,
    });
    expect(await world.deploy()).toMatchObject({ isChanged: true });
  }, 120_000);

  test('that is interrupted says what it left', async () => {
    world.fake.looks = 1000;
    const going = world.failing(() => world.deploy());
    await expect
      .poll(() => world.fake.changes().includes('CreateStack'), { interval: 1 })
      .toBe(true);
    world.here.interrupt();
    expect(await going).toEqual({
      name: 'InterruptedError',
      message:
        'interrupted: could not create the stack and its bucket; CloudFormation finishes a change that it began',
      leftBehind: [
        'AWS::CloudFormation::Stack shop-qa (CREATE_IN_PROGRESS)',
        'AWS::S3::Bucket shop-bucket',
      ],
      hint: commandLine('deploy'),
      cleanUp: commandLine('remove'),
    });
  }, 120_000);
});
