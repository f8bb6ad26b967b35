import { describe, expect, test } from 'vitest';
import { doneOf, quickAws, target } from './support.ts';
import { deployedTemplate, commandLine, toCreate, toUpdate, worldOfTests } from './world.ts';

const world = await worldOfTests();

describe('what an earlier deployment left', () => {
  test.each([
    ['ROLLBACK_COMPLETE', 'a first deployment that failed'],
    ['REVIEW_IN_PROGRESS', 'one that ended before its change set was carried out'],
    ['DELETE_FAILED', 'a removal that failed'],
  ])(
    'as %s is removed by name before a new stack is made: %s',
    async (state, _why) => {
      world.fake.put('shop-qa', state);
      expect(await world.deploy()).toMatchObject({ isChanged: true });
      expect(doneOf(world.here.steps).slice(1, 3)).toEqual([
        `remove the stack shop-qa that a failed deployment left (${state})`,
        'create the stack and its bucket',
      ]);
      expect(world.fake.changes()).toEqual(['DeleteStack', ...toCreate, ...toUpdate]);
    },
    60_000,
  );

  test('as UPDATE_ROLLBACK_FAILED is rolled back to its end first', async () => {
    world.fake.put('shop-qa', 'UPDATE_ROLLBACK_FAILED');
    expect(await world.deploy()).toMatchObject({ isChanged: true });
    expect(world.fake.changes()).toEqual(['ContinueUpdateRollback', ...toUpdate]);
  }, 120_000);

  test.each([
    'CREATE_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  ])('as %s is another deployment in progress: nothing is sent', async (state) => {
    world.fake.put('shop-qa', state, deployedTemplate);
    const refusal = {
      name: 'DeploymentInProgressError',
      message: `another deployment or removal of shop-qa is in progress (${state})`,
      leftBehind: [],
      cleanUp: null,
      hint: commandLine('status'),
    };
    expect(await world.failing(() => world.deploy())).toEqual(refusal);
    expect(await world.failing(() => quickAws.rollback(target, world.here.context))).toEqual(
      refusal,
    );
    expect(await world.failing(() => quickAws.remove(target, world.here.context))).toEqual(refusal);
    expect(await quickAws.status(target, world.here.context)).toMatchObject({ isBusy: true });
    expect(world.fake.changes()).toEqual([]);
  });

  test('is waited for where it is being removed already', async () => {
    world.fake.put('shop-qa', 'UPDATE_COMPLETE');
    await Promise.all([
      quickAws.remove(target, world.here.context),
      quickAws.remove(target, world.here.context),
    ]);
    expect(world.fake.stack).toBeNull();
  });

  test('and cannot be removed tells AWS’s reason', async () => {
    world.fake.put('shop-qa', 'UPDATE_COMPLETE');
    const reason = 'The bucket you tried to delete is not empty';
    world.fake.failure = { at: 'DELETE', resource: 'Bucket', type: 'AWS::S3::Bucket', reason };
    expect(await world.failing(() => quickAws.remove(target, world.here.context))).toEqual({
      name: 'DeployError',
      message: `could not remove the stack shop-qa: Bucket (AWS::S3::Bucket): ${reason}`,
      leftBehind: [
        'AWS::CloudFormation::Stack shop-qa (DELETE_FAILED)',
        'AWS::S3::Bucket shop-bucket',
      ],
      hint: commandLine('remove'),
      cleanUp: null,
    });
  });

  test.each([
    ['{"Resources":{"Table":{"Type":"AWS::DynamoDB::Table"}}}', 'a table'],
    [
      '{"Resources":{"ServerlessDeploymentBucket":{"Type":"AWS::S3::Bucket"},"HelloLambdaFunction":{"Type":"AWS::Lambda::Function"}}}',
      'another service of the framework',
    ],
    ['Resources:\n  Table:\n    Type: AWS::DynamoDB::Table', 'a template in YAML'],
  ])('under this name and is somebody else’s is not touched: %s, %s', async (template, _why) => {
    world.fake.put('shop-qa', 'ROLLBACK_COMPLETE', template);
    const refusal = {
      name: 'DeployError',
      message: 'the stack shop-qa in eu-west-1 exists, and tricloud did not make it',
      leftBehind: [],
      hint: 'choose another --name or --stage',
      cleanUp: null,
    };
    expect(await world.failing(() => world.deploy())).toEqual(refusal);
    expect(await world.failing(() => quickAws.remove(target, world.here.context))).toEqual(refusal);
    expect(await world.failing(() => quickAws.rollback(target, world.here.context))).toEqual(
      refusal,
    );
    expect(world.fake.changes()).toEqual([]);
  });

  test('and that AWS begins to change after the last look belongs to somebody else', async () => {
    world.fake.put('shop-qa', 'UPDATE_COMPLETE', deployedTemplate);
    const message = 'Stack [shop-qa] is in UPDATE_IN_PROGRESS state and can not be deleted.';
    world.fake.faults.push({ call: 'DeleteStack', status: 400, code: 'ValidationError', message });
    expect(await world.failing(() => quickAws.remove(target, world.here.context))).toMatchObject({
      name: 'DeploymentInProgressError',
      message: `could not remove the stack shop-qa: ValidationError: ${message}`,
    });
  });

  test('and was the first has nothing to go back to', async () => {
    expect(await world.failing(() => quickAws.rollback(target, world.here.context))).toMatchObject({
      name: 'NothingDeployedError',
      message: 'nothing is deployed as shop-qa in eu-west-1',
      hint: commandLine('deploy'),
    });
    world.fake.put('shop-qa', 'UPDATE_COMPLETE', deployedTemplate);
    expect(await world.failing(() => quickAws.rollback(target, world.here.context))).toMatchObject({
      name: 'NothingDeployedError',
      message: 'shop-qa has no previous deployment to roll back to: it is the first',
    });
  });
});
