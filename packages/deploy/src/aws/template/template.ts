import { deployedPlan, functionLimits } from '@tricloud/core/catalog';
import type { DeploymentPackage } from '@tricloud/build';
import type { Driver } from '../../engine/driver.ts';
import type { PlanContents } from '../../engine/plan.ts';
import type { Run } from '../../engine/run.ts';
import type { Target } from '../../engine/target.ts';
import { deploymentsPrefix, packageKey, stackInput, stackName, templateKey } from './names.ts';
import { type Template, toText } from './parse-template.ts';
import { permissions } from './permissions.ts';
import { bucketTemplate, stackTemplate } from './stack-template.ts';

const purposes: Readonly<Record<string, string>> = {
  ServerlessDeploymentBucket: 'keeps the packages of the last five deployments',
  ServerlessDeploymentBucketPolicy: 'denies access to the bucket over plain HTTP',
  TricloudLogGroup: 'keeps the function’s log for 14 days',
  IamRoleLambdaExecution: 'allows the function to write its log',
  TricloudLambdaFunction: 'the function',
  TricloudLambdaPermissionHttpApi: 'allows the HTTP API, and nothing else, to call the function',
  HttpApi: 'the public URL',
  HttpApiLogGroup: 'keeps the access log for 14 days, without query strings or headers',
  HttpApiStage: 'limits the requests and publishes every change of the API at once',
  HttpApiIntegrationTricloud: 'passes requests to the function',
  HttpApiRouteDefault: 'sends every path and method there',
};

/** Stand for the names that AWS chooses when it creates the stack. */
const placeholders: PlanContents['placeholders'] = [
  { name: '<account>', meaning: 'the number of the AWS account' },
  { name: '<bucket>', meaning: 'ServerlessDeploymentBucket, by the name that AWS gives it' },
  { name: '<api>', meaning: 'the id that AWS gives the HTTP API' },
  { name: '<time>', meaning: 'the time of the deployment' },
];

export const template: Driver<Run, unknown>['template'] = {
  async describe(target, deploymentPackage): Promise<PlanContents> {
    const folder = `${deploymentsPrefix(target)}<time>-${deploymentPackage.sha256}`;
    const update = stackTemplate(target, deploymentPackage, { folder, previous: {} });
    return {
      resources: resourcesOf(target, update),
      permissions: permissions(target),
      requests: requestsOf(target, deploymentPackage, folder, update),
      placeholders,
      limitations: limitations(target),
      access: access(target),
    };
  },
};

function resourcesOf(target: Target, { Resources }: Template): PlanContents['resources'] {
  const resources = Object.entries(Resources).map(([logicalId, { Type, Properties }]) => {
    const { FunctionName, LogGroupName, RoleName, Name } = Properties;
    const name = Type === 'AWS::Lambda::Permission' ? undefined : FunctionName;
    const text = toText(name ?? LogGroupName ?? RoleName ?? Name ?? logicalId);
    const purpose = purposes[logicalId] ?? 'part of the stack';
    return { type: Type, name: text.replace('${AWS::Region}', target.region), purpose };
  });
  const stack = {
    type: 'AWS::CloudFormation::Stack',
    name: stackName(target),
    purpose: 'holds everything below; `remove` deletes it',
  };
  return [stack, ...resources];
}

function requestsOf(
  target: Target,
  deploymentPackage: DeploymentPackage,
  folder: string,
  update: Template,
): PlanContents['requests'] {
  const Bucket = '<bucket>';
  const Body = `${deploymentPackage.bytes.length} bytes, sha256 ${deploymentPackage.sha256}`;
  return [
    { call: 'CreateStack', body: { ...stackInput(target), TemplateBody: bucketTemplate() } },
    {
      call: 'PutObject',
      body: { Bucket, Key: packageKey(target, deploymentPackage.sha256), Body },
    },
    { call: 'PutObject', body: { Bucket, Key: templateKey(folder), Body: update } },
    { call: 'UpdateStack', body: { ...stackInput(target), TemplateBody: update } },
  ];
}

const httpSeconds = functionLimits(deployedPlan.aws).httpTimeoutMs / 1000;

function limitations({ timeoutSeconds }: Target): readonly string[] {
  if (timeoutSeconds < httpSeconds) return [];
  return [
    `an HTTP API waits ${httpSeconds} s for an answer: a longer request runs up to ${timeoutSeconds} s, is billed, and its caller gets a 503`,
  ];
}

function access({ auth, throttle }: Target): string {
  const who =
    auth === 'iam'
      ? 'principals of the account that may execute-api:Invoke can call it'
      : 'everyone can call it';
  const limit =
    throttle === null
      ? 'only the account’s own limits apply'
      : `at most ${throttle.rate} requests a second, ${throttle.burst} at once, reach it`;
  return `${who}; ${limit}`;
}
