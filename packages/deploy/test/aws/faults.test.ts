import { describe, expect, test } from 'vitest';
import type { Fault } from './aws-requests.ts';
import { FakeAws } from './fake-aws.ts';
import { archiveOf, hastyAws, planted, quickAws, target } from './support.ts';
import { commandLine, worldOfTests } from './world.ts';

const world = await worldOfTests();

describe('AWS’s faults', () => {
  test.each<[Omit<Fault, 'call'>, Record<string, unknown>, string]>([
    [
      {
        status: 403,
        code: 'ExpiredToken',
        message: 'The security token included in the request is expired',
      },
      {
        name: 'CredentialsError',
        message:
          'could not read what is deployed: the credentials from the environment (AWS_ACCESS_KEY_ID) have expired (ExpiredToken)',
        hint: commandLine('doctor'),
      },
      'credentials that were good once',
    ],
    [
      { status: 401, code: 'UnrecognizedClientException', message: 'invalid' },
      {
        name: 'CredentialsError',
        message: expect.stringContaining('UnrecognizedClientException: invalid'),
      },
      '401',
    ],
    [
      {
        status: 403,
        code: 'SignatureDoesNotMatch',
        message: `Credential=${planted.AWS_ACCESS_KEY_ID}, token ${planted.AWS_SESSION_TOKEN}`,
      },
      {
        name: 'CredentialsError',
        message: expect.stringContaining('Credential=[redacted] token [redacted]'),
      },
      'a message that repeats credentials',
    ],
    [
      {
        status: 403,
        code: 'AccessDenied',
        message: 'User: deployer is not authorized to perform: cloudformation:DescribeStacks',
      },
      {
        name: 'DeployError',
        message:
          'could not read what is deployed: AccessDenied: User: deployer is not authorized to perform: cloudformation:DescribeStacks',
      },
      '403',
    ],
    [
      {
        status: 409,
        code: 'OperationInProgressException',
        message: 'another operation is under way',
      },
      {
        name: 'DeploymentInProgressError',
        message: expect.stringContaining('another operation is under way'),
      },
      '409',
    ],
    [
      { instead: 'silence', times: 9 },
      {
        name: 'DeployError',
        message: expect.stringContaining('127.0.0.1: no answer within 0.2 s'),
      },
      'no answer',
    ],
    [
      { instead: 'drop', times: 9 },
      { name: 'DeployError', message: expect.stringMatching(/127\.0\.0\.1:\d+: \w+: .*closed/) },
      'a line that is cut every time',
    ],
  ])('%j: %j, for %s', async (fault, failure, _why) => {
    world.fake.faults.push({ call: 'DescribeStacks', ...fault });
    const cloud = fault.instead === 'silence' ? hastyAws : quickAws;
    const action = () => cloud.deploy(target, archiveOf('one'), world.here.context);
    expect(await world.failing(action)).toMatchObject(failure);
    expect(world.fake.changes()).toEqual([]);
  });

  test.each<[string, Omit<Fault, 'call'>]>([
    [
      'throttled',
      {
        status: 429,
        code: 'Throttling',
        message: 'Rate exceeded',
        headers: { 'retry-after': '1' },
      },
    ],
    ['broken for a moment', { status: 500, code: 'InternalFailure', message: 'again, please' }],
    ['cut off', { instead: 'drop' }],
  ])('a request that was %s is made again', async (_what, fault) => {
    world.fake.put('shop-qa', 'UPDATE_COMPLETE');
    world.fake.faults.push({ call: 'DescribeStacks', ...fault });
    expect(await quickAws.status(target, world.here.context)).toMatchObject({
      state: 'UPDATE_COMPLETE',
    });
    expect(world.fake.asked.filter(({ call }) => call === 'DescribeStacks')).toHaveLength(2);
  });

  test('that deny a change are reported in AWS’s words', async () => {
    world.fake.faults.push({
      call: 'CreateStack',
      status: 403,
      code: 'AccessDenied',
      message: 'User: deployer is not authorized to perform: cloudformation:CreateStack',
    });
    expect(await world.failing(() => world.deploy())).toEqual({
      name: 'DeployError',
      message:
        'could not create the stack and its bucket: AccessDenied: User: deployer is not authorized to perform: cloudformation:CreateStack',
      leftBehind: [],
      hint: commandLine('deploy'),
      cleanUp: null,
    });
  });

  test.each([
    [
      'what the stack holds',
      [{ call: 'ListStackResources' }],
      'AWS::CloudFormation::Stack shop-qa (CREATE_COMPLETE), perhaps with resources: AWS does not list them',
    ],
    [
      'whether there is a stack',
      [{ call: 'DescribeStacks', after: 1 }],
      'perhaps AWS::CloudFormation::Stack shop-qa: AWS does not say',
    ],
  ])(
    'where credentials end half-way say what there may be, and cannot tell %s',
    async (_what, faults, left) => {
      world.fake.put('shop-qa', 'CREATE_COMPLETE');
      const message = `The security token ${planted.AWS_SESSION_TOKEN} is expired`;
      const expired = { times: 99, status: 403, code: 'ExpiredToken', message };
      for (const fault of [...faults, { call: 'UpdateStack' }]) {
        world.fake.faults.push({ ...expired, ...fault });
      }
      expect(await world.failing(() => world.deploy())).toEqual({
        name: 'CredentialsError',
        message: expect.stringContaining('have expired (ExpiredToken)'),
        leftBehind: [left],
        hint: commandLine('doctor'),
        cleanUp: commandLine('remove'),
      });
    },
  );

  test('where nothing listens are told with what was tried', async () => {
    await world.fake.stop();
    expect(await world.failing(() => quickAws.status(target, world.here.context))).toMatchObject({
      name: 'DeployError',
      message: expect.stringContaining('refuses connections'),
    });
    world.fake = await new FakeAws().start();
  });
});
