import type { Target } from '../../engine/target.ts';

/** The CloudFormation stack, and the function in it. */
export function stackName({ name, stage }: Pick<Target, 'name' | 'stage'>): string {
  return `${name}-${stage}`;
}

/** Role of the function. Roles have no region of their own, so the name has it. */
export function roleName({ name, stage, region }: Target): string {
  return `${name}-${stage}-${region}-lambdaRole`;
}

/** Log group of the function. */
export function logGroupName(target: Target): string {
  return `/aws/lambda/${stackName(target)}`;
}

/** Log group of the HTTP API's access log. */
export function accessLogGroupName(target: Target): string {
  return `/aws/http-api/${stackName(target)}`;
}

/** Folder of the deployment bucket that holds the packages and templates of a target. */
export function deploymentsPrefix({ name, stage }: Target): string {
  return `serverless/${name}/${stage}/`;
}

/** Key of a deployment package in the bucket: the same package has the same key. */
export function packageKey(target: Target, sha256: string): string {
  return `${deploymentsPrefix(target)}packages/${sha256}.zip`;
}

/** Folder of one deployment, by its time and its package. The Serverless Framework's folders have the time alone. */
export function deploymentFolder(target: Target, atMs: number, sha256: string): string {
  return `${deploymentsPrefix(target)}${atMs}-${new Date(atMs).toISOString()}-${sha256}`;
}

/** Key of a deployment's template, in the framework's folders as in ours. */
export function templateKey(folder: string): string {
  return `${folder}/compiled-cloudformation-template.json`;
}

/** What every change of the stack is sent with. */
export function stackInput(target: Target) {
  return {
    StackName: stackName(target),
    Capabilities: ['CAPABILITY_IAM' as const, 'CAPABILITY_NAMED_IAM' as const],
    Tags: [{ Key: 'STAGE', Value: target.stage }],
  };
}
