import { randomUUID } from 'node:crypto';
import { inProgress } from '../../engine/refusals.ts';
import { poll } from '../../engine/poll.ts';
import { removeStack } from '../apply/remove-stack.ts';
import type { AwsSession } from '../credentials/session.ts';
import { changeStack } from './change-stack.ts';
import { isBusy, readStack, type Stack } from './read-stack.ts';

/** A stack is under review for some seconds while the Serverless Framework creates it; after that it was abandoned. */
const reviewMs = 20_000;

/** Statuses after which a stack can only be removed. */
const dead: ReadonlySet<string> = new Set([
  'CREATE_FAILED',
  'DELETE_FAILED',
  'REVIEW_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
]);

/** Finishes or removes what an interrupted or failed deployment left. */
export async function settle(session: AwsSession, found: Stack | null): Promise<Stack | null> {
  const stack = found?.status === 'REVIEW_IN_PROGRESS' ? await waitForReview(session) : found;
  if (stack === null) return null;
  if (isBusy(stack.status)) throw inProgress(session, stack.status);
  if (dead.has(stack.status)) {
    const step = `remove the stack ${stack.name} that a failed deployment left (${stack.status})`;
    await removeStack(session, stack, step);
    return null;
  }
  return stack.status === 'UPDATE_ROLLBACK_FAILED' ? finishRollback(session, stack) : stack;
}

async function waitForReview(session: AwsSession): Promise<Stack | null> {
  const { timing, signal } = session;
  const endsAt = timing.now() + reviewMs;
  const isLast = (stack: Stack | null) =>
    stack?.status !== 'REVIEW_IN_PROGRESS' || timing.now() >= endsAt;
  return poll(() => readStack(session), isLast, { timing, signal });
}

/** Finishes a rollback that failed half-way: AWS takes no other change before. */
async function finishRollback(session: AwsSession, { name }: Stack): Promise<Stack | null> {
  return session.step(`finish the rollback of the stack ${name}`, async (progress) => {
    const cloudFormation = await session.cloudFormation();
    await changeStack(session, {
      stack: name,
      expected: 'UPDATE_ROLLBACK_COMPLETE',
      progress,
      request: async () => {
        const ClientRequestToken = randomUUID();
        await cloudFormation.continueUpdateRollback({ StackName: name, ClientRequestToken });
        return {};
      },
    });
    return readStack(session);
  });
}
