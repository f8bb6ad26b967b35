import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogLine } from '../../src/cloud.ts';
import type { Check } from '../../src/doctor/check.ts';
import { FakeAws, type Fault } from './fake-aws.ts';
import {
  archiveOf,
  doneOf,
  failureOf,
  hastyAws,
  planted,
  quickAws,
  surroundingsAt,
  target,
} from './support.ts';

let fake: FakeAws;
let here: Awaited<ReturnType<typeof surroundingsAt>>;
/** Everything that a test was told, to be searched for what nobody may see. */
let told: unknown[];

beforeEach(async () => {
  fake = await new FakeAws().start();
  here = await surroundingsAt(fake.url);
  told = [];
});

afterEach(async () => {
  await fake.stop();
  await here.end();
  const everything = JSON.stringify([told, here.steps]);
  const seen = Object.values(planted).filter((secret) => everything.includes(secret));
  if (seen.length > 0) throw new Error(`${seen.length} credentials were told: ${everything}`);
});

const deploy = (text = 'one', changed = {}) =>
  quickAws.deploy({ ...target, ...changed }, archiveOf(text), here.surroundings);

const failing = async (action: () => Promise<unknown>) => {
  const failure = await failureOf(action);
  told.push(failure);
  return failure;
};

const linesOf = async (follow: boolean, sinceMs = 0): Promise<LogLine[]> => {
  const lines: LogLine[] = [];
  for await (const line of quickAws.logs(target, { sinceMs, follow }, here.surroundings)) {
    lines.push(line);
  }
  return lines;
};

const checksOf = async (changed = {}): Promise<Check[]> => {
  const found: Check[] = [];
  for await (const check of quickAws.checks({ ...target, ...changed }, here.surroundings)) {
    found.push(check);
  }
  told.push(found);
  return found;
};

const flags = '--name shop --stage qa --region aws=eu-west-1';
const deployedTemplate = JSON.stringify({
  Resources: {
    ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' },
    TricloudLambdaFunction: { Type: 'AWS::Lambda::Function' },
  },
});
const toDeploy = ['CreateChangeSet', 'ExecuteChangeSet'];
const toUpdate = [
  'PUT object',
  'PUT object',
  'PUT object',
  'DeleteChangeSet',
  'CreateChangeSet',
  'ExecuteChangeSet',
];

describe('a deployment', () => {
  test('is made once, changed when something changes, taken back, and removed', async () => {
    expect(await deploy()).toEqual({
      isChanged: true,
      url: null,
      noUrlBecause: expect.stringContaining('in AWS’s place'),
    });
    expect(fake.changes()).toEqual([...toDeploy, ...toUpdate]);
    expect(doneOf(here.steps)).toEqual([
      'look at the stack shop-qa',
      'package',
      'create the stack and its bucket',
      'upload the archive',
      'create or change the resources',
      'remove archives older than the last five',
    ]);
    expect(here.steps).toContainEqual({
      name: 'create or change the resources',
      state: 'going',
      detail: expect.stringMatching(/^\d resources, Resource\d$/),
    });
    expect(await here.leftInCache()).toEqual([]);

    fake.asked.length = 0;
    here.steps.length = 0;
    expect(await deploy()).toMatchObject({ isChanged: false });
    expect(fake.changes()).toEqual([]);
    expect(doneOf(here.steps)).toEqual(['look at the stack shop-qa', 'deploy: nothing to change']);

    expect(await deploy('two', { memoryMiB: 512, maxInstances: 3 })).toMatchObject({
      isChanged: true,
    });
    expect(fake.changes()).toEqual(toUpdate);
    const status = await quickAws.status(target, here.surroundings);
    expect(status).toEqual({
      isDeployed: true,
      state: 'UPDATE_COMPLETE',
      isBusy: false,
      url: null,
      changedAt: '2026-11-22T10:00:00.000Z',
      archiveSha256: archiveOf('two').sha256,
      previousArchiveSha256: archiveOf('one').sha256,
      facts: [
        { name: 'stack', value: 'shop-qa' },
        { name: 'region', value: 'eu-west-1' },
        { name: 'function', value: 'shop-qa' },
        { name: 'runtime', value: 'nodejs24.x' },
        { name: 'architecture', value: 'arm64' },
        { name: 'memory (MiB)', value: '512' },
        { name: 'time-out (s)', value: '29' },
        { name: 'instances at most', value: '3' },
      ],
    });

    const differs = await quickAws.differences(target, archiveOf('one'), here.surroundings);
    expect(differs).toEqual([
      { what: 'archive', deployed: archiveOf('two').sha256, planned: archiveOf('one').sha256 },
      { what: 'TricloudLambdaFunction.MemorySize', deployed: '512', planned: '256' },
      {
        what: 'TricloudLambdaFunction.ReservedConcurrentExecutions',
        deployed: '3',
        planned: null,
      },
    ]);

    expect(await quickAws.rollback(target, here.surroundings)).toMatchObject({ isChanged: true });
    expect(await quickAws.status(target, here.surroundings)).toMatchObject({
      archiveSha256: archiveOf('one').sha256,
      previousArchiveSha256: null,
      facts: expect.arrayContaining([{ name: 'memory (MiB)', value: '256' }]),
    });
    expect(await quickAws.differences(target, archiveOf('one'), here.surroundings)).toEqual([]);
    expect(await deploy()).toMatchObject({ isChanged: false });

    expect(await quickAws.removals(target, here.surroundings)).toEqual([
      'AWS::CloudFormation::Stack shop-qa',
      'AWS::S3::Bucket shop-bucket',
      ...[...fake.objects.keys()].map((path) => `s3:/${path}`),
    ]);
    await quickAws.remove(target, here.surroundings);
    expect({ stack: fake.stack, objects: fake.objects.size }).toEqual({ stack: null, objects: 0 });
    await quickAws.remove(target, here.surroundings);
    expect(await quickAws.removals(target, here.surroundings)).toEqual([]);
    expect((await quickAws.status(target, here.surroundings)).isDeployed).toBe(false);
  }, 180_000);

  test('that fails tells AWS’s reason, what it left and how to go on, and can be made again', async () => {
    fake.looks = 12;
    fake.failure = {
      at: 'UPDATE',
      resource: 'TricloudLambdaFunction',
      type: 'AWS::Lambda::Function',
      reason: 'Specified ReservedConcurrentExecutions decreases the account below its minimum.',
    };
    expect(await failing(() => deploy())).toEqual({
      name: 'DeployError',
      message:
        'could not create or change the resources: TricloudLambdaFunction (AWS::Lambda::Function): Specified ReservedConcurrentExecutions decreases the account below its minimum.',
      leftBehind: [
        'AWS::CloudFormation::Stack shop-qa (UPDATE_ROLLBACK_COMPLETE)',
        'AWS::S3::Bucket shop-bucket',
      ],
      hint: `npx tricloud deploy aws ${flags} tries again; npx tricloud remove aws ${flags} takes away what is there`,
    });
    expect(await quickAws.status(target, here.surroundings)).toMatchObject({ isDeployed: false });
    expect(await deploy()).toMatchObject({ isChanged: true });
  }, 120_000);

  test('that is interrupted ends the framework and tells what it left', async () => {
    fake.looks = 1000;
    const going = failing(() => deploy());
    await expect
      .poll(() => fake.changes().includes('ExecuteChangeSet'), { timeout: 20_000 })
      .toBe(true);
    here.interrupt();
    expect(await going).toEqual({
      name: 'InterruptedError',
      message: 'interrupted at the step “create the stack and its bucket”',
      leftBehind: [
        'AWS::CloudFormation::Stack shop-qa (CREATE_IN_PROGRESS)',
        'AWS::S3::Bucket shop-bucket',
      ],
      hint: `npx tricloud deploy aws ${flags} goes on; npx tricloud remove aws ${flags} takes away what is there`,
    });
    expect(await here.leftInCache()).toEqual([]);
  }, 120_000);
});

describe('what an earlier deployment left', () => {
  test.each([
    ['ROLLBACK_COMPLETE', 'a first deployment that failed'],
    ['REVIEW_IN_PROGRESS', 'one that ended before its change set was carried out'],
    ['DELETE_FAILED', 'a removal that failed'],
  ])(
    'as %s is removed by name before a new stack is made: %s',
    async (state, _why) => {
      fake.put('shop-qa', state);
      expect(await deploy()).toMatchObject({ isChanged: true });
      expect(doneOf(here.steps).slice(1, 3)).toEqual([
        `remove the stack shop-qa that a failed deployment left (${state})`,
        'package',
      ]);
      expect(fake.changes()).toEqual(['DeleteStack', ...toDeploy, ...toUpdate]);
    },
    60_000,
  );

  test('as UPDATE_ROLLBACK_FAILED is rolled back to its end first', async () => {
    fake.put('shop-qa', 'UPDATE_ROLLBACK_FAILED');
    expect(await deploy()).toMatchObject({ isChanged: true });
    expect(fake.changes()).toEqual(['ContinueUpdateRollback', ...toUpdate]);
  }, 120_000);

  test.each([
    'CREATE_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  ])('as %s belongs to somebody who is at it: nothing is sent', async (state) => {
    fake.put('shop-qa', state, deployedTemplate);
    const refusal = {
      name: 'DeploymentInProgressError',
      message: `the stack shop-qa is being changed already (${state})`,
      leftBehind: [],
      hint: `npx tricloud status aws ${flags}`,
    };
    expect(await failing(() => deploy())).toEqual(refusal);
    expect(await failing(() => quickAws.rollback(target, here.surroundings))).toEqual(refusal);
    expect(await failing(() => quickAws.remove(target, here.surroundings))).toEqual(refusal);
    expect(await quickAws.status(target, here.surroundings)).toMatchObject({ isBusy: true });
    expect(fake.changes()).toEqual([]);
  });

  test('is waited for where it is being removed already', async () => {
    fake.put('shop-qa', 'UPDATE_COMPLETE');
    await Promise.all([
      quickAws.remove(target, here.surroundings),
      quickAws.remove(target, here.surroundings),
    ]);
    expect(fake.stack).toBeNull();
  });

  test('and cannot be removed tells AWS’s reason', async () => {
    fake.put('shop-qa', 'UPDATE_COMPLETE');
    const reason = 'The bucket you tried to delete is not empty';
    fake.failure = { at: 'DELETE', resource: 'Bucket', type: 'AWS::S3::Bucket', reason };
    expect(await failing(() => quickAws.remove(target, here.surroundings))).toEqual({
      name: 'DeployError',
      message: `could not remove the stack shop-qa: Bucket (AWS::S3::Bucket): ${reason}`,
      leftBehind: [
        'AWS::CloudFormation::Stack shop-qa (DELETE_FAILED)',
        'AWS::S3::Bucket shop-bucket',
      ],
      hint: `npx tricloud remove aws ${flags}`,
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
    fake.put('shop-qa', 'ROLLBACK_COMPLETE', template);
    const refusal = {
      name: 'DeployError',
      message: 'the stack shop-qa in eu-west-1 holds something else: it was not made by this app',
      leftBehind: [],
      hint: 'another --name or --stage',
    };
    expect(await failing(() => deploy())).toEqual(refusal);
    expect(await failing(() => quickAws.remove(target, here.surroundings))).toEqual(refusal);
    expect(await failing(() => quickAws.rollback(target, here.surroundings))).toEqual(refusal);
    expect(fake.changes()).toEqual([]);
  });

  test('and that AWS begins to change after the last look belongs to somebody else', async () => {
    fake.put('shop-qa', 'UPDATE_COMPLETE', deployedTemplate);
    const message = 'Stack [shop-qa] is in UPDATE_IN_PROGRESS state and can not be deleted.';
    fake.faults.push({ call: 'DeleteStack', status: 400, code: 'ValidationError', message });
    expect(await failing(() => quickAws.remove(target, here.surroundings))).toMatchObject({
      name: 'DeploymentInProgressError',
      message: `could not remove the stack shop-qa: ValidationError: ${message}`,
    });
  });

  test('and was the first has nothing to go back to', async () => {
    expect(await failing(() => quickAws.rollback(target, here.surroundings))).toMatchObject({
      name: 'NothingDeployedError',
      message: 'nothing is deployed in a stack shop-qa in eu-west-1',
      hint: `npx tricloud deploy aws ${flags}`,
    });
    fake.put('shop-qa', 'UPDATE_COMPLETE', deployedTemplate);
    expect(await failing(() => quickAws.rollback(target, here.surroundings))).toMatchObject({
      name: 'NothingDeployedError',
      message: 'there is no deployment before the one in shop-qa: it is the first',
      leftBehind: [],
    });
  });
});

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
          'could not read the stack shop-qa: ExpiredToken: The security token included in the request is expired',
        hint: `npx tricloud doctor aws ${flags}`,
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
        message: expect.stringContaining('Credential=[redacted], token [redacted]'),
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
          'could not read the stack shop-qa: AccessDenied: User: deployer is not authorized to perform: cloudformation:DescribeStacks',
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
      { name: 'DeployError', message: expect.stringContaining('TimeoutError') },
      'no answer',
    ],
    [
      { instead: 'drop', times: 9 },
      { name: 'DeployError', message: expect.stringMatching(/socket hang up|ECONNRESET/) },
      'a line that is cut every time',
    ],
  ])('%j: %j, for %s', async (fault, failure, _why) => {
    fake.faults.push({ call: 'DescribeStacks', ...fault });
    const cloud = fault.instead === 'silence' ? hastyAws : quickAws;
    const action = () => cloud.deploy(target, archiveOf('one'), here.surroundings);
    expect(await failing(action)).toMatchObject(failure);
    expect(fake.changes()).toEqual([]);
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
    fake.put('shop-qa', 'UPDATE_COMPLETE');
    fake.faults.push({ call: 'DescribeStacks', ...fault });
    expect(await quickAws.status(target, here.surroundings)).toMatchObject({
      state: 'UPDATE_COMPLETE',
    });
    expect(fake.asked.filter(({ call }) => call === 'DescribeStacks')).toHaveLength(2);
  });

  test('in the framework’s own requests are told in AWS’s words', async () => {
    fake.faults.push({
      call: 'CreateChangeSet',
      status: 403,
      code: 'AccessDenied',
      message: 'User: deployer is not authorized to perform: cloudformation:CreateChangeSet',
    });
    expect(await failing(() => deploy())).toEqual({
      name: 'DeployError',
      message:
        'could not create the stack and its bucket: User: deployer is not authorized to perform: cloudformation:CreateChangeSet',
      leftBehind: [],
      hint: expect.stringContaining('tries again'),
    });
  }, 120_000);

  test('where nothing listens are told with what was tried', async () => {
    await fake.stop();
    expect(await failing(() => quickAws.status(target, here.surroundings))).toMatchObject({
      name: 'DeployError',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    fake = await new FakeAws().start();
  });
});

describe('logs', () => {
  test('are told the oldest line first', async () => {
    fake.logEvents = [
      { timestamp: 2000, message: 'second\n' },
      { timestamp: 1000, message: 'first\n' },
    ];
    expect(await linesOf(false)).toEqual([
      { at: '1970-01-01T00:00:01.000Z', text: 'first' },
      { at: '1970-01-01T00:00:02.000Z', text: 'second' },
    ]);
  });

  test('are followed until the signal, each line once', async () => {
    fake.logEvents = [{ timestamp: 1000, message: 'first' }];
    const following = linesOf(true);
    const asked = () => fake.asked.filter(({ call }) => call === 'FilterLogEvents').length;
    await expect.poll(asked).toBeGreaterThan(2);
    fake.logEvents = [...fake.logEvents, { timestamp: 1500, message: 'second' }];
    const soFar = asked();
    await expect.poll(asked).toBeGreaterThan(soFar + 2);
    here.interrupt();
    expect((await following).map(({ text }) => text)).toEqual(['first', 'second']);
  });

  test('of nothing that is deployed are refused', async () => {
    expect(await failing(() => linesOf(false))).toMatchObject({
      name: 'NothingDeployedError',
      message: 'there is no log /aws/lambda/shop-qa in eu-west-1',
      hint: `npx tricloud deploy aws ${flags}`,
    });
  });
});

describe('the doctor', () => {
  test('finds what a deployment needs', async () => {
    expect(await checksOf()).toEqual([
      { name: 'region', state: 'good', found: 'eu-west-1', mend: null },
      {
        name: 'endpoint',
        state: 'good',
        found: `${fake.url} in AWS’s place (AWS_ENDPOINT_URL)`,
        mend: null,
      },
      {
        name: 'credentials',
        state: 'good',
        found:
          'from the environment (AWS_ACCESS_KEY_ID), as arn:aws:iam::123456789012:user/deployer',
        mend: null,
      },
      {
        name: 'clock',
        state: 'good',
        found: expect.stringMatching(/^\d s from AWS’s$/),
        mend: null,
      },
      {
        name: 'runtime',
        state: 'good',
        found: 'nodejs24.x, supported until 2028-04-30',
        mend: null,
      },
      {
        name: 'quota',
        state: 'good',
        found: '1000 instances at once in eu-west-1, 900 of them not reserved',
        mend: null,
      },
    ]);
  });

  test('tells what is wrong, each with the command that mends it', async () => {
    fake.faults.push(
      { call: 'GetCallerIdentity', status: 403, code: 'ExpiredToken', message: 'expired' },
      { call: 'HEAD bucket', status: 200, headers: { date: 'Sun, 22 Nov 2020 10:00:00 GMT' } },
    );
    const found = await checksOf({ region: 'eu-west-9' });
    expect(found.filter(({ state }) => state !== 'good')).toEqual([
      {
        name: 'region',
        state: 'bad',
        found: 'eu-west-9 is none of AWS’s regions',
        mend: 'npx tricloud doctor aws --region aws=us-east-1',
      },
      {
        name: 'credentials',
        state: 'bad',
        found:
          'could not use credentials from the environment (AWS_ACCESS_KEY_ID): ExpiredToken: expired',
        mend: 'aws sso login --profile default, or aws configure',
      },
      {
        name: 'clock',
        state: 'bad',
        found: expect.stringMatching(/^\d+ s from AWS’s$/),
        mend: 'sudo timedatectl set-ntp true',
      },
    ]);
  });

  test('finds instances that the account cannot reserve', async () => {
    expect(await checksOf({ maxInstances: 801 })).toContainEqual({
      name: 'quota',
      state: 'bad',
      found:
        '1000 instances at once in eu-west-1, 900 of them not reserved: 801 cannot be reserved, 100 stay free',
      mend: expect.stringContaining('--quota-code L-B99A9384 --desired-value 901'),
    });
  });
});
