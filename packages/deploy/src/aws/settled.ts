import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DeployError } from '../engine/errors.ts';
import type { Access } from './access.ts';
import { eventsAfter, failureIn, newestEventId } from './events.ts';
import { toDeployError } from './failure.ts';
import { flagsOf } from './names.ts';
import { leftBehind } from './resources.ts';
import { inProgress, removeStack } from './remove.ts';
import { isBusy, isDead, readStack, type Stack } from './stack.ts';
import { whenDone } from './waiting.ts';

/**
 * A stack that can be deployed to, or null where one has to be made: what an interrupted or failed deployment left
 * behind is finished or removed first, each said as a step.
 *
 * @throws {DeploymentInProgressError} while somebody else changes it.
 */
export async function settled(
  access: Access,
  cf: CloudFormation,
  found: Stack | null,
): Promise<Stack | null> {
  const stack = found?.status === 'REVIEW_IN_PROGRESS' ? await reviewed(access, cf, found) : found;
  if (stack === null) return null;
  if (isBusy(stack.status)) throw inProgress(access, stack);
  if (isDead(stack.status)) {
    const step = `remove the stack ${stack.name} that a failed deployment left (${stack.status})`;
    await removeStack(access, cf, stack, step);
    return null;
  }
  if (stack.status === 'UPDATE_ROLLBACK_FAILED') return rolledBack(access, cf, stack);
  return stack;
}

/** Whoever makes a stack has it under review for some seconds: longer, and nobody is at it any more. */
async function reviewed(access: Access, cf: CloudFormation, found: Stack): Promise<Stack | null> {
  const { pace, context } = access;
  const { signal } = context;
  let stack: Stack | null = found;
  try {
    for (
      let ms = 0;
      ms < pace.reviewMs && stack?.status === 'REVIEW_IN_PROGRESS';
      ms += pace.pollMs
    ) {
      await pause(pace.pollMs, undefined, { signal });
      stack = await readStack(access, cf);
    }
    return stack;
  } catch (error) {
    throw toDeployError(error, access, { doing: `wait for the stack ${found.name}` });
  }
}

/** Finishes a rollback that failed half-way, which AWS asks for before anything else. */
async function rolledBack(
  access: Access,
  cf: CloudFormation,
  { name }: Stack,
): Promise<Stack | null> {
  const { onStep } = access.context;
  const step = `finish the rollback of the stack ${name}`;
  try {
    onStep({ name: step, state: 'started' });
    const after = await newestEventId(cf, name);
    await cf.continueUpdateRollback({ StackName: name, ClientRequestToken: randomUUID() });
    const status = await whenDone(access, cf, name, { step, after, of: null });
    if (status !== 'UPDATE_ROLLBACK_COMPLETE') {
      const reason = failureIn(await eventsAfter(cf, name, after)) ?? status;
      throw new DeployError('aws', `could not ${step}: ${reason}`, {
        leftBehind: await leftBehind(cf, name),
        hint: `npx tricloud remove aws ${flagsOf(access.target)}`,
      });
    }
    onStep({ name: step, state: 'done' });
  } catch (error) {
    throw toDeployError(error, access, { doing: step, leftBehind: await leftBehind(cf, name) });
  }
  return readStack(access, cf);
}
