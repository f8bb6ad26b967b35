import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toTarget } from '../../src/engine/to-target.ts';
import { noMotoBecause, startMoto } from './moto.ts';
import { serverlessFramework } from './serverless.ts';
import { archiveOf, contextAt, emulatedAws as quickAws, planted, target } from './support.ts';

if (noMotoBecause !== null) process.stderr.write(`${noMotoBecause}\n`);

describe.skipIf(noMotoBecause !== null)(
  `against moto${noMotoBecause === null ? '' : `: ${noMotoBecause}`}`,
  () => {
    let moto: Awaited<ReturnType<typeof startMoto>>;
    let here: Awaited<ReturnType<typeof contextAt>>;
    let outside: ReturnType<typeof clientsAt>;
    const told: unknown[] = [];

    beforeAll(async () => {
      moto = await startMoto();
      here = await contextAt(moto.url);
      outside = clientsAt(moto.url);
    });
    afterAll(async () => {
      await moto.stop();
      await here.end();
    });

    /** What a person with an account would see, all of it. */
    const everything = async () => ({
      stacks: (await outside.cf.describeStacks({})).Stacks?.map(({ StackName }) => StackName) ?? [],
      buckets: (await outside.s3.listBuckets({})).Buckets?.map(({ Name }) => Name) ?? [],
      functions:
        (await outside.lambda.listFunctions({})).Functions?.map((each) => each.FunctionName) ?? [],
      logGroups:
        (await outside.logs.describeLogGroups({})).logGroups?.map((each) => each.logGroupName) ??
        [],
    });
    const functionNow = async () => {
      const { CodeSha256, MemorySize, Environment } = await outside.lambda.getFunctionConfiguration(
        {
          FunctionName: 'shop-qa',
        },
      );
      const { TRICLOUD_DEPLOYMENT_ID: _id, ...variables } = Environment?.Variables ?? {};
      return { CodeSha256, MemorySize, variables };
    };
    const run = async (text: string, changed = {}) => {
      const deployment = await quickAws.deploy(
        { ...target, ...changed },
        archiveOf(text),
        here.context,
      );
      told.push(deployment);
      return deployment;
    };
    test('the first deployment creates the stack, the very deployment package in it', async () => {
      expect(await run('one')).toEqual({
        isChanged: true,
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        url: null,
        noUrlBecause: expect.stringContaining('in place of AWS'),
      });
      expect(await everything()).toEqual({
        stacks: ['shop-qa'],
        buckets: [expect.stringMatching(/^shop-qa-/)],
        functions: ['shop-qa'],
        logGroups: ['/aws/http-api/shop-qa', '/aws/lambda/shop-qa'],
      });
      expect(await functionNow()).toEqual({
        CodeSha256: sha256Of('one'),
        MemorySize: 256,
        variables: { GREETING: 'hello' },
      });
    }, 120_000);

    test('the second one changes nothing', async () => {
      const before = await outside.cf.describeStackEvents({ StackName: 'shop-qa' });
      expect(await run('one')).toMatchObject({ isChanged: false });
      const after = await outside.cf.describeStackEvents({ StackName: 'shop-qa' });
      expect(after.StackEvents).toEqual(before.StackEvents);
    });

    test('a change of deploymentPackage, memory and variables is deployed, and told before', async () => {
      const changed = { memoryMiB: 512, environment: { GREETING: 'bye', MORE: 'x' } };
      const differs = await quickAws.differences(
        { ...target, ...changed },
        archiveOf('two'),
        here.context,
      );
      told.push(differs);
      expect(differs?.map(({ what }) => what)).toEqual([
        'deployment package',
        'TricloudLambdaFunction.MemorySize',
        'TricloudLambdaFunction.Environment.Variables.GREETING',
        'TricloudLambdaFunction.Environment.Variables.MORE',
      ]);
      expect(await run('two', changed)).toMatchObject({ isChanged: true });
      expect(await functionNow()).toEqual({
        CodeSha256: sha256Of('two'),
        MemorySize: 512,
        variables: { GREETING: 'bye', MORE: 'x' },
      });
      expect(await quickAws.status(target, here.context)).toMatchObject({
        isDeployed: true,
        state: 'UPDATE_COMPLETE',
        packageSha256: archiveOf('two').sha256,
        previousPackageSha256: archiveOf('one').sha256,
      });
    }, 120_000);

    test('a rollback brings the deployment package, memory and variables back', async () => {
      told.push(await quickAws.rollback(target, here.context));
      expect(await functionNow()).toEqual({
        CodeSha256: sha256Of('one'),
        MemorySize: 256,
        variables: { GREETING: 'hello' },
      });
      expect(await quickAws.status(target, here.context)).toMatchObject({
        packageSha256: archiveOf('one').sha256,
        previousPackageSha256: null,
      });
    });

    test('what was rolled back from can be deployed again, and again changes nothing', async () => {
      expect(await run('two')).toMatchObject({ isChanged: true });
      expect(await functionNow()).toMatchObject({ CodeSha256: sha256Of('two') });
      expect(await run('two')).toMatchObject({ isChanged: false });
    }, 120_000);

    test('a removal leaves nothing', async () => {
      const names = await quickAws.removals(target, here.context);
      told.push(names);
      expect(names).toEqual(
        expect.arrayContaining([
          'AWS::CloudFormation::Stack shop-qa',
          'AWS::Lambda::Function shop-qa',
          'AWS::Logs::LogGroup /aws/lambda/shop-qa',
          'AWS::IAM::Role shop-qa-eu-west-1-lambdaRole',
        ]),
      );
      await quickAws.remove(target, here.context);
      expect(await everything()).toEqual({ stacks: [], buckets: [], functions: [], logGroups: [] });
      expect(await quickAws.status(target, here.context)).toMatchObject({ isDeployed: false });
      await quickAws.remove(target, here.context);
    });

    test('a stack of serverless deploy is updated in place, and rolled back to', async () => {
      const framework = await serverlessFramework(here.context.env);
      const theirs = toTarget({ environment: { TRICLOUD_CORS_ORIGINS: '' } }, quickAws);
      const idsOf = async () => {
        const StackName = 'tricloud-dev';
        const { StackResources = [] } = await clientsAt(
          moto.url,
          theirs.region,
        ).cf.describeStackResources({ StackName });
        // The emulator lists what it does not create without an id.
        const ids = StackResources.flatMap(({ LogicalResourceId: id, PhysicalResourceId }) =>
          id === undefined ? [] : [[id, PhysicalResourceId]],
        );
        return Object.fromEntries(ids);
      };
      try {
        await framework.run('deploy');
        const before = await idsOf();
        await quickAws.deploy(theirs, archiveOf('ours'), here.context);
        expect(await idsOf()).toEqual(before);
        await quickAws.rollback(theirs, here.context);
        const status = await quickAws.status(theirs, here.context);
        expect(status).toMatchObject({ isDeployed: true, packageSha256: null });
        await quickAws.remove(theirs, here.context);
      } finally {
        await framework.remove();
      }
    }, 120_000);

    test('no credential was told or kept', async () => {
      const everythingTold = JSON.stringify([told, here.steps]);
      for (const secret of Object.values(planted)) expect(everythingTold).not.toContain(secret);
    });
  },
);

function sha256Of(text: string): string {
  return createHash('sha256').update(archiveOf(text).bytes).digest('base64');
}

function clientsAt(endpoint: string, region = 'eu-west-1') {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const credentials = { accessKeyId: 'outside', secretAccessKey: 'outside' };
  const config = { endpoint, credentials, region };
  return {
    cf: new CloudFormation(config),
    s3: new S3({ ...config, forcePathStyle: true }),
    lambda: new Lambda(config),
    logs: new CloudWatchLogs(config),
  };
}
