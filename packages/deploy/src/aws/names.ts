import type { Target } from '../engine/target.ts';

/** The CloudFormation stack, and the function in it. */
export function stackName({ name, stage }: Pick<Target, 'name' | 'stage'>): string {
  return `${name}-${stage}`;
}

/** The role that the function runs as: a role has no region of its own, so its name has. */
export function roleName({ name, stage, region }: Target): string {
  return `${name}-${stage}-${region}-lambdaRole`;
}

/** Where the function's log goes. */
export function logGroupName(target: Target): string {
  return `/aws/lambda/${stackName(target)}`;
}

/** The folder of the deployment bucket in which every deployment has a folder of its own. */
export function deploymentsPrefix({ name, stage }: Target): string {
  return `serverless/${name}/${stage}/`;
}

/** How the commands that follow name the same target. */
export function flagsOf({ name, stage, region }: Target): string {
  return `--name ${name} --stage ${stage} --region aws=${region}`;
}
