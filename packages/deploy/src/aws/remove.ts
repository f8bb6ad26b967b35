import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DeployError, DeploymentInProgressError } from '../engine/errors.ts';
import type { Access } from './access.ts';
import { objectsIn, removeObjects } from './bucket.ts';
import { cloudFormation, s3 } from './clients.ts';
import { eventsAfter, failureIn, newestEventId } from './events.ts';
import { toDeployError } from './failure.ts';
import { flagsOf } from './names.ts';
import { deploymentBucketOf, leftBehind, nameOf, resourcesOf } from './resources.ts';
import { isBusy, readStack, type Stack } from './stack.ts';
import { whenDone } from './waiting.ts';

/** What a removal would remove, by name: the stack, what it holds, and what the bucket in it holds. */
export async function removals(access: Access): Promise<readonly string[]> {
  const cf = await cloudFormation(access);
  const stack = await readStack(access, cf);
  if (stack === null) return [];
  try {
    const resources = await resourcesOf(cf, stack.name);
    const bucket = deploymentBucketOf(resources);
    const objects = bucket === null ? [] : await objectsIn(await s3(access), bucket);
    return [
      `AWS::CloudFormation::Stack ${stack.name}`,
      ...resources.map(nameOf),
      ...objects.map(({ Key }) => `s3://${bucket ?? ''}/${Key}`),
    ];
  } catch (error) {
    throw toDeployError(error, access, { doing: `list what the stack ${stack.name} holds` });
  }
}

/** Removes the stack and with it everything that a deployment made; what is not there is no error. */
export async function remove(access: Access): Promise<void> {
  const { onStep } = access.context;
  const cf = await cloudFormation(access);
  const stack = await readStack(access, cf);
  if (stack === null) {
    onStep({ name: 'remove the stack', state: 'skipped', detail: 'nothing is deployed' });
    return;
  }
  if (isBusy(stack.status) && stack.status !== 'DELETE_IN_PROGRESS') {
    throw inProgress(access, stack);
  }
  await removeStack(access, cf, stack, `remove the stack ${stack.name}`);
}

/** Empties the deployment bucket, which is not removed otherwise, and removes the stack. */
export async function removeStack(
  access: Access,
  cf: CloudFormation,
  stack: Stack,
  step: string,
): Promise<void> {
  const { onStep } = access.context;
  const hint = `npx tricloud remove aws ${flagsOf(access.target)}`;
  try {
    if (stack.status !== 'DELETE_IN_PROGRESS') await emptyBucket(access, cf, stack);
    onStep({ name: step, state: 'started' });
    const after = await newestEventId(cf, stack.id);
    if (stack.status !== 'DELETE_IN_PROGRESS') await cf.deleteStack({ StackName: stack.id });
    const status = await whenDone(access, cf, stack.id, { step, after, of: null });
    if (status !== 'DELETE_COMPLETE') {
      const reason = failureIn(await eventsAfter(cf, stack.id, after)) ?? status;
      throw new DeployError('aws', `could not ${step}: ${reason}`, {
        leftBehind: await leftBehind(cf, stack.name),
        hint,
      });
    }
  } catch (error) {
    throw toDeployError(error, access, {
      doing: step,
      leftBehind: await leftBehind(cf, stack.name),
      hint,
    });
  }
  onStep({ name: step, state: 'done' });
}

/** Somebody changes the stack at this moment. */
export function inProgress({ target }: Access, { name, status }: Stack): DeploymentInProgressError {
  return new DeploymentInProgressError(
    'aws',
    `the stack ${name} is being changed already (${status})`,
    { hint: `npx tricloud status aws ${flagsOf(target)}` },
  );
}

async function emptyBucket(access: Access, cf: CloudFormation, { name }: Stack): Promise<void> {
  const bucket = deploymentBucketOf(await resourcesOf(cf, name));
  if (bucket === null) return;
  const client = await s3(access);
  const objects = await objectsIn(client, bucket);
  if (objects.length === 0) return;
  const step = { name: `empty the bucket ${bucket}`, detail: `${objects.length} objects` };
  access.context.onStep({ ...step, state: 'started' });
  await removeObjects(client, bucket, objects);
  access.context.onStep({ ...step, state: 'done' });
}
