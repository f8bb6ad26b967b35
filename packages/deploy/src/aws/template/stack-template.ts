import { createHash } from 'node:crypto';
import { deployedRuntime } from '@tricloud/core/catalog';
import { deploymentId, deploymentIdVariable } from '../../engine/deployment-id.ts';
import type { DeploymentPackage } from '@tricloud/build';
import { configurationOf } from '../../engine/configuration.ts';
import type { Target } from '../../engine/target.ts';
import { accessLogGroupName, logGroupName, packageKey, roleName, stackName } from './names.ts';
import type { Resource, Template } from './parse-template.ts';

/** Runtime of the function, such as `nodejs24.x`. */
const runtimeId = deployedRuntime('aws').id;

/** Outputs by which the stack records what is deployed. */
export interface DeploymentRecord {
  readonly ArchiveSha256?: string;
  readonly SettingsSha256?: string;
  /** Folder of the deployment bucket with this deployment's template. */
  readonly Deployment?: string;
  readonly PreviousDeployment?: string;
  readonly PreviousArchiveSha256?: string;
}

const header = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'A function behind an HTTP API, deployed by tricloud',
};
const bucketOutput = {
  ServerlessDeploymentBucketName: { Value: ref('ServerlessDeploymentBucket') },
};

/** The stack before its first deployment: the bucket for packages. */
export function bucketTemplate(): Template {
  return { ...header, Resources: bucketResources(), Outputs: bucketOutput };
}

/** The whole stack, with the record of the deployment in its outputs. */
export function stackTemplate(
  target: Target,
  { sha256 }: Pick<DeploymentPackage, 'sha256'>,
  { folder, previous }: { readonly folder: string; readonly previous: DeploymentRecord },
): Template {
  const record: DeploymentRecord = {
    ArchiveSha256: sha256,
    SettingsSha256: settingsSha256(target),
    Deployment: folder,
    ...previous,
  };
  const url = 'https://${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}';
  return {
    ...header,
    Resources: stackResources(target, packageKey(target, sha256), deploymentId(target, { sha256 })),
    Outputs: {
      ...bucketOutput,
      HttpApiId: { Value: ref('HttpApi') },
      HttpApiUrl: { Value: sub(url) },
      ...Object.fromEntries(Object.entries(record).map(([name, Value]) => [name, { Value }])),
    },
  };
}

/** SHA-256 of everything that a target sets, the deployment package apart. */
export function settingsSha256(target: Target): string {
  const resources = stackResources(target, '', '');
  return createHash('sha256').update(JSON.stringify(resources)).digest('hex');
}

// The logical ids are those of the Serverless Framework: a stack that it created is updated in place.
function stackResources(target: Target, S3Key: string, id: string): Template['Resources'] {
  return {
    ...bucketResources(),
    TricloudLogGroup: logGroup(logGroupName(target)),
    IamRoleLambdaExecution: role(target),
    TricloudLambdaFunction: lambdaFunction(target, S3Key, id),
    ...httpApi(target),
  };
}

function bucketResources(): Template['Resources'] {
  const encryption = { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } };
  const arn = 'arn:${AWS::Partition}:s3:::${ServerlessDeploymentBucket}';
  const denyHttp = {
    Action: 's3:*',
    Effect: 'Deny',
    Principal: '*',
    Resource: [sub(`${arn}/*`), sub(arn)],
    Condition: { Bool: { 'aws:SecureTransport': false } },
  };
  return {
    ServerlessDeploymentBucket: resource('AWS::S3::Bucket', {
      BucketEncryption: { ServerSideEncryptionConfiguration: [encryption] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
    ServerlessDeploymentBucketPolicy: resource('AWS::S3::BucketPolicy', {
      Bucket: ref('ServerlessDeploymentBucket'),
      PolicyDocument: { Statement: [denyHttp] },
    }),
  };
}

function logGroup(LogGroupName: string): Resource {
  return resource('AWS::Logs::LogGroup', { LogGroupName, RetentionInDays: 14 });
}

function role(target: Target): Resource {
  const Version = '2012-10-17';
  // No name of a log group has a colon: what follows it is the name of a stream.
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
  const streams = `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${logGroupName(target)}:*`;
  const writeLog = {
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: [sub(streams)],
  };
  const assume = {
    Effect: 'Allow',
    Principal: { Service: ['lambda.amazonaws.com'] },
    Action: ['sts:AssumeRole'],
  };
  return resource('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Version, Statement: [assume] },
    Policies: [
      {
        PolicyName: `${stackName(target)}-lambda`,
        PolicyDocument: { Version, Statement: [writeLog] },
      },
    ],
    Path: '/',
    RoleName: sub(roleName({ ...target, region: '${AWS::Region}' })),
  });
}

function lambdaFunction(target: Target, S3Key: string, id: string): Resource {
  const { memoryMiB, architecture } = configurationOf(target);
  const { maxInstances, environment, secrets } = target;
  const variables = Object.entries({ ...environment, ...secrets }).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const Properties = {
    Code: { S3Bucket: ref('ServerlessDeploymentBucket'), S3Key },
    Handler: 'index.handler',
    Runtime: runtimeId,
    FunctionName: stackName(target),
    MemorySize: memoryMiB,
    Timeout: target.timeoutSeconds,
    Architectures: [architecture],
    Environment: {
      Variables: { ...Object.fromEntries(variables), [deploymentIdVariable]: id },
    },
    Role: getAtt('IamRoleLambdaExecution', 'Arn'),
    ...(maxInstances !== null && { ReservedConcurrentExecutions: maxInstances }),
  };
  // The log group exists before the function writes to it; references imply every other order.
  return { Type: 'AWS::Lambda::Function', Properties, DependsOn: ['TricloudLogGroup'] };
}

/** Fields of the access log: what shows abuse and throttling, and nothing of what callers send. */
const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  bytes: '$context.responseLength',
});

function httpApi(target: Target): Template['Resources'] {
  const ApiId = ref('HttpApi');
  const functionArn = getAtt('TricloudLambdaFunction', 'Arn');
  const { throttle } = target;
  const limits = throttle && {
    ThrottlingRateLimit: throttle.rate,
    ThrottlingBurstLimit: throttle.burst,
  };
  return {
    HttpApiLogGroup: logGroup(accessLogGroupName(target)),
    HttpApi: resource('AWS::ApiGatewayV2::Api', {
      Name: `${target.stage}-${target.name}`,
      ProtocolType: 'HTTP',
    }),
    HttpApiStage: resource('AWS::ApiGatewayV2::Stage', {
      ApiId,
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { DetailedMetricsEnabled: false, ...limits },
      AccessLogSettings: {
        DestinationArn: getAtt('HttpApiLogGroup', 'Arn'),
        Format: accessLogFormat,
      },
    }),
    TricloudLambdaPermissionHttpApi: resource('AWS::Lambda::Permission', {
      FunctionName: functionArn,
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      // Stage and route: the route `$default` has no method, and the stage is named `$default`, as in `routeArn`.
      // https://github.com/aws/serverless-application-model/issues/1860
      SourceArn: sub(
        'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/$default/$default',
      ),
    }),
    HttpApiIntegrationTricloud: resource('AWS::ApiGatewayV2::Integration', {
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: functionArn,
      PayloadFormatVersion: '2.0',
      TimeoutInMillis: 30_000,
    }),
    HttpApiRouteDefault: resource('AWS::ApiGatewayV2::Route', {
      ApiId,
      RouteKey: '$default',
      Target: sub('integrations/${HttpApiIntegrationTricloud}'),
      AuthorizationType: target.auth === 'iam' ? 'AWS_IAM' : 'NONE',
    }),
  };
}

function resource(Type: string, Properties: Resource['Properties']): Resource {
  return { Type, Properties };
}

function getAtt(...path: readonly [string, string]): { readonly 'Fn::GetAtt': readonly string[] } {
  return { 'Fn::GetAtt': path };
}

function ref(name: string): { readonly Ref: string } {
  return { Ref: name };
}

function sub(text: string): { readonly 'Fn::Sub': string } {
  return { 'Fn::Sub': text };
}
