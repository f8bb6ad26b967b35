import { randomUUID } from 'node:crypto';
import type { Deployment } from '../engine/cloud.ts';
import { DeployError, NothingDeployedError } from '../engine/errors.ts';
import type { Access } from './access.ts';
import { objectsIn, textOf } from './bucket.ts';
import { cloudFormation, s3 } from './clients.ts';
import { toDeployment } from './deploy.ts';
import { eventsAfter, failureIn, newestEventId } from './events.ts';
import { toDeployError } from './failure.ts';
import { deploymentsPrefix, flagsOf, stackName } from './names.ts';
import { inProgress } from './remove.ts';
import { deploymentBucketOf, leftBehind, resourcesOf } from './resources.ts';
import { isBusy, readStack, type Stack } from './stack.ts';
import { whenDone } from './waiting.ts';

/** Brings back the deployment before this one, settings and all: its template and archive are still in the bucket. */
export async function rollback(access: Access): Promise<Deployment> {
  const { target, context } = access;
  const { onStep } = context;
  const name = stackName(target);
  const cf = await cloudFormation(access);
  const stack = await readStack(access, cf);
  if (stack === null || !stack.hasFunction) {
    throw new NothingDeployedError(
      'aws',
      `nothing is deployed in a stack ${name} in ${target.region}`,
      {
        hint: `npx tricloud deploy aws ${flagsOf(target)}`,
      },
    );
  }
  if (isBusy(stack.status)) throw inProgress(access, stack);
  const step = 'bring the deployment before this one back';
  try {
    const template = await previousTemplate(
      access,
      stack,
      deploymentBucketOf(await resourcesOf(cf, name)),
    );
    onStep({ name: step, state: 'started' });
    const after = await newestEventId(cf, name);
    await cf.updateStack({
      StackName: name,
      // A request that is made again because its answer was lost is not another one.
      ClientRequestToken: randomUUID(),
      TemplateBody: template,
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
      Tags: [{ Key: 'STAGE', Value: target.stage }],
    });
    const status = await whenDone(access, cf, name, { step, after, of: null });
    if (status !== 'UPDATE_COMPLETE') {
      const reason = failureIn(await eventsAfter(cf, name, after)) ?? status;
      throw new DeployError('aws', `could not ${step}: ${reason}`, {
        leftBehind: await leftBehind(cf, name),
        hint: `npx tricloud status aws ${flagsOf(target)}`,
      });
    }
  } catch (error) {
    throw toDeployError(error, access, {
      doing: step,
      leftBehind: error instanceof NothingDeployedError ? [] : await leftBehind(cf, name),
      hint: `npx tricloud status aws ${flagsOf(target)}`,
    });
  }
  onStep({ name: step, state: 'done' });
  return toDeployment(access, (await readStack(access, cf)) ?? stack, true);
}

async function previousTemplate(
  access: Access,
  { record, name }: Stack,
  bucket: string | null,
): Promise<string> {
  const client = await s3(access);
  const folder =
    record.PreviousDeployment ??
    // A stack that the framework deployed alone says nothing of itself.
    (record.Deployment === undefined && bucket !== null
      ? (await foldersIn(access, bucket)).at(-2)
      : undefined);
  const file = 'compiled-cloudformation-template.json';
  const template =
    bucket === null || folder === undefined
      ? null
      : await textOf(client, bucket, `${folder}/${file}`);
  if (template === null) {
    const why = folder === undefined ? 'it is the first' : 'its archive is no longer in the bucket';
    throw new NothingDeployedError(
      'aws',
      `there is no deployment before the one in ${name}: ${why}`,
    );
  }
  return template;
}

async function foldersIn(access: Access, bucket: string): Promise<readonly string[]> {
  const prefix = deploymentsPrefix(access.target);
  const keys = (await objectsIn(await s3(access), bucket)).map(({ Key }) => Key);
  const folders = keys
    .filter((key) => key.startsWith(prefix) && /^\d{13}-[^/]+\//.test(key.slice(prefix.length)))
    .map((key) => key.slice(0, key.lastIndexOf('/')));
  return [...new Set(folders)].sort();
}
