import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { S3 } from '@aws-sdk/client-s3';
import type { STS } from '@aws-sdk/client-sts';
import { type Access, accessVariables, clientConfig } from './access.ts';

// Each SDK is loaded where it is asked for: a plan asks for none, and one of them takes a third of a second.

export async function cloudFormation(access: Access): Promise<CloudFormation> {
  quiet(access);
  const sdk = await import('@aws-sdk/client-cloudformation');
  return new sdk.CloudFormation(clientConfig(access, 'CLOUDFORMATION'));
}

export async function s3(access: Access): Promise<S3> {
  quiet(access);
  const sdk = await import('@aws-sdk/client-s3');
  return new sdk.S3({ ...clientConfig(access, 'S3'), forcePathStyle: isElsewhere(access) });
}

export async function cloudWatchLogs(access: Access): Promise<CloudWatchLogs> {
  quiet(access);
  const sdk = await import('@aws-sdk/client-cloudwatch-logs');
  return new sdk.CloudWatchLogs(clientConfig(access, 'CLOUDWATCH_LOGS'));
}

export async function lambda(access: Access): Promise<Lambda> {
  quiet(access);
  const sdk = await import('@aws-sdk/client-lambda');
  return new sdk.Lambda(clientConfig(access, 'LAMBDA'));
}

export async function sts(access: Access): Promise<STS> {
  quiet(access);
  const sdk = await import('@aws-sdk/client-sts');
  return new sdk.STS(clientConfig(access, 'STS'));
}

function quiet({ context }: Access): void {
  const name = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
  process.env[name] ??= accessVariables(context.env)[name];
}

function isElsewhere(access: Access): boolean {
  return 'endpoint' in clientConfig(access, 'S3');
}
