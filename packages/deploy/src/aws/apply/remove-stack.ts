import type { AwsSession } from '../credentials/session.ts';
import { objectsIn, removeObjects } from '../publish/bucket.ts';
import { changeStack } from '../state/change-stack.ts';
import type { Stack } from '../state/read-stack.ts';
import { deploymentBucketOf, stackResources } from '../state/stack-resources.ts';

/** Empties the deployment bucket, because AWS deletes no other, and deletes the stack. */
export async function removeStack(session: AwsSession, stack: Stack, step: string): Promise<void> {
  await emptyBucket(session, stack);
  await session.step(step, async (progress) => {
    const cloudFormation = await session.cloudFormation();
    await changeStack(session, {
      stack: stack.id,
      expected: 'DELETE_COMPLETE',
      progress,
      request: async () => {
        await cloudFormation.deleteStack({ StackName: stack.id });
        return {};
      },
    });
  });
}

async function emptyBucket(session: AwsSession, { name }: Stack): Promise<void> {
  const bucket = deploymentBucketOf(await stackResources(session, name));
  if (bucket === null) return;
  const s3 = await session.s3();
  const objects = await objectsIn(s3, bucket);
  if (objects.length === 0) return;
  await session.step(`empty the bucket ${bucket}`, async (progress) => {
    progress(`${objects.length} objects`);
    await removeObjects(s3, bucket, objects);
  });
}
