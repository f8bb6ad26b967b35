import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprints } from '../../src/aws/deployment-file.ts';
import { packaged, type Templates } from '../../src/aws/package.ts';
import type { DeploymentPlan } from '../../src/engine/plan.ts';
import type { Target } from '../../src/engine/target.ts';
import { archiveOf, planted, quickAws, surroundingsAt, target } from './support.ts';

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
const archive = archiveOf('one');
// An endpoint that nobody listens on: whatever asked it would fail.
const here = await surroundingsAt('http://127.0.0.1:1');
let plan: DeploymentPlan;
let templates: Templates;

beforeAll(async () => {
  plan = await quickAws.plan(wanted, archive, here.context);
  templates = await packaged(wanted, archive, here.context);
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

  test('shows what would be sent, the archive by its hash', () => {
    expect(plan.archive).toEqual({
      files: [{ path: 'index.mjs', size: archive.files[0]?.size }],
      size: archive.bytes.length,
      sha256: archive.sha256,
    });
    expect(plan.requests.map(({ call }) => call)).toEqual([
      'CreateChangeSet',
      'ExecuteChangeSet',
      'PutObject',
      'PutObject',
      'PutObject',
      'ValidateTemplate',
      'CreateChangeSet',
      'ExecuteChangeSet',
    ]);
    expect(plan.requests[4]).toEqual({
      call: 'PutObject',
      body: {
        Bucket: '<bucket>',
        Key: 'serverless/shop/qa/(time)/archive.zip',
        Body: `${archive.bytes.length} bytes, sha256 ${archive.sha256}`,
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
    expect(await quickAws.plan(wanted, archive, here.context)).toEqual(plan);
    const text = JSON.stringify(plan);
    for (const secret of [...Object.values(planted), 'planted-token-value']) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain('{{resolve:secretsmanager:shop:SecretString:url}}');
    expect(await here.leftInCache()).toEqual([]);
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
    const of = (each: typeof wanted) => fingerprints(each, archive, []).SettingsSha256;
    expect(of({ ...wanted, ...changed })).not.toBe(of(wanted));
  });
});
