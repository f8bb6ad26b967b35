import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Template } from '../../src/aws/template/parse-template.ts';
import {
  bucketTemplate,
  settingsSha256,
  stackTemplate,
} from '../../src/aws/template/stack-template.ts';
import { deploymentId } from '../../src/engine/deployment-id.ts';
import type { DeploymentPlan } from '../../src/engine/plan.ts';
import type { Target } from '../../src/engine/target.ts';
import { permissionsIn } from './permissions.ts';
import { archiveOf, planted, quickAws, contextAt, target } from './support.ts';

const noLintBecause =
  spawnSync('cfn-lint', ['--version'], { stdio: 'ignore' }).error === undefined
    ? ''
    : ' (cfn-lint is not on the PATH)';

if (noLintBecause !== '') process.stderr.write(`the templates are not linted${noLintBecause}\n`);

const wanted: Target = {
  ...target,
  memoryMiB: 512,
  architecture: 'arm64',
  timeoutSeconds: 60,
  concurrency: 8,
  maxInstances: 5,
  environment: {
    GREETING: '${env:AWS_SECRET_ACCESS_KEY} and ${self:service}',
    API_TOKEN: 'planted-token-value',
  },
  secrets: { DATABASE: '{{resolve:secretsmanager:shop:SecretString:url}}' },
};
const deploymentPackage = archiveOf('one');
const AccessLogSchema = v.object({ Format: v.string() });
// An endpoint that nobody listens on: whatever asked it would fail.
const here = await contextAt('http://127.0.0.1:1');
let plan: DeploymentPlan;
const templates: { readonly create: Template; readonly update: Template } = {
  create: bucketTemplate(),
  update: stackTemplate(wanted, deploymentPackage, { folder: 'folder', previous: {} }),
};

beforeAll(async () => {
  plan = await quickAws.plan(wanted, deploymentPackage, here.context);
});
afterAll(() => here.end());

describe('a plan', () => {
  test('names every resource with what it is for', () => {
    expect(plan.resources.map(({ type, name }) => [type, name])).toEqual([
      ['AWS::CloudFormation::Stack', 'shop-qa'],
      ['AWS::S3::Bucket', 'ServerlessDeploymentBucket'],
      ['AWS::S3::BucketPolicy', 'ServerlessDeploymentBucketPolicy'],
      ['AWS::Logs::LogGroup', '/aws/lambda/shop-qa'],
      ['AWS::IAM::Role', `shop-qa-${wanted.region}-lambdaRole`],
      ['AWS::Lambda::Function', 'shop-qa'],
      ['AWS::Logs::LogGroup', '/aws/http-api/shop-qa'],
      ['AWS::ApiGatewayV2::Api', 'qa-shop'],
      ['AWS::ApiGatewayV2::Stage', 'HttpApiStage'],
      ['AWS::Lambda::Permission', 'TricloudLambdaPermissionHttpApi'],
      ['AWS::ApiGatewayV2::Integration', 'HttpApiIntegrationTricloud'],
      ['AWS::ApiGatewayV2::Route', 'HttpApiRouteDefault'],
    ]);
    expect(plan.resources.filter(({ purpose }) => purpose === 'part of the stack')).toEqual([]);
  });

  test('grants the function its own log group and the API the function, and nothing else', () => {
    const role = `the role shop-qa-${wanted.region}-lambdaRole`;
    const at = `${wanted.region}:<account>`;
    expect(permissionsIn(templates.update, wanted)).toEqual(plan.permissions);
    expect(plan.permissions).toEqual([
      {
        who: 'nobody over plain HTTP',
        actions: ['s3:*'],
        on: 'arn:aws:s3:::<bucket>/*, arn:aws:s3:::<bucket>',
      },
      { who: 'lambda.amazonaws.com', actions: ['sts:AssumeRole'], on: role },
      {
        who: `the function, by ${role}`,
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        on: `arn:aws:logs:${at}:log-group:/aws/lambda/shop-qa:*`,
      },
      {
        who: `apigateway.amazonaws.com, for arn:aws:execute-api:${at}:<api>/$default/$default alone`,
        actions: ['lambda:InvokeFunction'],
        on: `arn:aws:lambda:${at}:function:shop-qa`,
      },
    ]);
  });

  test('shows what would be sent, the deployment package by its hash', () => {
    expect(plan.deploymentPackage).toEqual({
      files: [{ path: 'index.mjs', size: deploymentPackage.files[0]?.size }],
      size: deploymentPackage.bytes.length,
      sha256: deploymentPackage.sha256,
    });
    expect(plan.requests.map(({ call }) => call)).toEqual([
      'CreateStack',
      'PutObject',
      'PutObject',
      'UpdateStack',
    ]);
    expect(plan.requests[1]).toEqual({
      call: 'PutObject',
      body: {
        Bucket: '<bucket>',
        Key: `serverless/shop/qa/packages/${deploymentPackage.sha256}.zip`,
        Body: `${deploymentPackage.bytes.length} bytes, sha256 ${deploymentPackage.sha256}`,
      },
    });
  });

  test('says what AWS does in place of what was asked', () => {
    expect(plan.limitations).toEqual([
      'An instance takes one request at a time: 8 at once are 8 instances',
      expect.stringContaining('an HTTP API waits 30 s'),
    ]);
  });

  test('is the same each time, and names no secret', async () => {
    expect(await quickAws.plan(wanted, deploymentPackage, here.context)).toEqual(plan);
    const text = JSON.stringify(plan);
    for (const secret of [...Object.values(planted), 'planted-token-value']) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain('{{resolve:secretsmanager:shop:SecretString:url}}');
  });
});

describe('the templates', () => {
  test('take variables as they are, and secrets by reference', () => {
    const { Properties } = templates.update.Resources['TricloudLambdaFunction'] ?? {};
    expect(Properties).toMatchObject({
      FunctionName: 'shop-qa',
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 512,
      Timeout: 60,
      ReservedConcurrentExecutions: 5,
      Environment: { Variables: { ...wanted.environment, ...wanted.secrets } },
    });
  });

  test('depend on nothing that a reference implies', () => {
    const dependencies = Object.entries(templates.update.Resources).flatMap(([id, resource]) =>
      'DependsOn' in resource ? [[id, resource['DependsOn']]] : [],
    );
    expect(dependencies).toEqual([['TricloudLambdaFunction', ['TricloudLogGroup']]]);
  });

  test('allow no action and no resource by a star, a stream of the one log group apart', () => {
    const text = JSON.stringify(templates.update.Resources, (key, value: unknown) =>
      key === 'ServerlessDeploymentBucketPolicy' ? undefined : value,
    );
    expect(text.match(/"[^"]*\*[^"]*"/g)).toEqual([
      '"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/shop-qa:*"',
    ]);
    expect(
      JSON.stringify(templates.update.Resources['ServerlessDeploymentBucketPolicy']),
    ).not.toContain('Allow');
  });

  test('keep no version of the function when the stack goes', () => {
    const kept = Object.values(templates.update.Resources).filter(
      (each) => 'DeletionPolicy' in each,
    );
    expect(kept).toEqual([]);
  });

  test.skipIf(noLintBecause !== '')(
    `pass cfn-lint without a word${noLintBecause}`,
    async () => {
      const dir = await mkdtemp(join(tmpdir(), 'tricloud-cfn-'));
      const files = [join(dir, 'create.json'), join(dir, 'update.json')];
      try {
        await writeFile(files[0] ?? '', JSON.stringify(templates.create));
        await writeFile(files[1] ?? '', JSON.stringify(templates.update));
        const { status, stdout, stderr } = spawnSync('cfn-lint', files, { encoding: 'utf8' });
        expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
      } finally {
        await rm(dir, { recursive: true });
      }
    },
    60_000,
  );

  test.each<[string, object]>([
    ['memory', { memoryMiB: 1024 }],
    ['architecture', { architecture: 'x86_64' }],
    ['a variable', { environment: { GREETING: 'other' } }],
    ['a secret', { secrets: {} }],
    ['instances', { maxInstances: null }],
  ])('are told apart by %s', (_what, changed) => {
    expect(settingsSha256({ ...wanted, ...changed })).not.toBe(settingsSha256(wanted));
  });

  test('limit the requests before the function, and log them without what callers send', () => {
    const { Properties } = templates.update.Resources['HttpApiStage'] ?? {};
    expect(Properties).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
      AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['HttpApiLogGroup', 'Arn'] } },
    });
    const { Format } = v.parse(AccessLogSchema, Properties?.['AccessLogSettings']);
    expect(Object.values(JSON.parse(Format))).toEqual([
      '$context.requestId',
      '$context.requestTime',
      '$context.httpMethod',
      '$context.path',
      '$context.status',
      '$context.responseLength',
    ]);
  });

  test.each<[Partial<Target>, string, string]>([
    [{}, 'NONE', 'everyone can call it; at most 100 requests a second, 200 at once, reach it'],
    [
      { auth: 'iam', throttle: { rate: 5, burst: 9 } },
      'AWS_IAM',
      'principals of the account that may execute-api:Invoke can call it; at most 5 requests a second, 9 at once, reach it',
    ],
    [{ throttle: null }, 'NONE', 'everyone can call it; only the account’s own limits apply'],
  ])('with %j authorize by %s: %s', async (changed, authorization, access) => {
    const each = { ...wanted, ...changed };
    const { Resources } = stackTemplate(each, deploymentPackage, { folder: '', previous: {} });
    expect(Resources['HttpApiRouteDefault']?.Properties['AuthorizationType']).toBe(authorization);
    expect((await quickAws.plan(each, deploymentPackage, here.context)).access).toBe(access);
  });

  test('tell the function which deployment it is', () => {
    const { Properties } = templates.update.Resources['TricloudLambdaFunction'] ?? {};
    expect(Properties?.['Environment']).toMatchObject({
      Variables: { TRICLOUD_DEPLOYMENT_ID: deploymentId(wanted, deploymentPackage) },
    });
  });
});
