import type { Driver } from '../../engine/driver.ts';
import { DeployError } from '../../engine/errors.ts';
import { nothingPrevious } from '../../engine/refusals.ts';
import type { AwsSession } from '../credentials/session.ts';
import { applyTemplate } from '../apply/apply-template.ts';
import type { Stack } from '../state/read-stack.ts';
import { deploymentBucketOf, stackResources } from '../state/stack-resources.ts';
import { type DeploymentRecord, stackTemplate } from '../template/stack-template.ts';
import { deploymentFolder, deploymentsPrefix, packageKey, templateKey } from '../template/names.ts';
import { functionIn } from '../template/parse-template.ts';
import { objectsIn, readText, removeObjects } from './bucket.ts';
import { foldersIn, obsoleteKeys } from './obsolete-keys.ts';

export const publish: Driver<AwsSession, Stack>['publish'] = {
  async publish(session, deploymentPackage, stack) {
    const { target, timing } = session;
    const s3 = await session.s3();
    const bucket = await bucketOf(session, stack);
    const folder = deploymentFolder(target, timing.now(), deploymentPackage.sha256);
    const template = stackTemplate(target, deploymentPackage, {
      folder,
      previous: previousOf(stack),
    });
    const body = JSON.stringify(template);
    const step = 'upload the deployment package';
    const Key = packageKey(target, deploymentPackage.sha256);
    if (stack.hasFunction && keyOf(stack) === Key) session.skip(step, 'it is in the bucket');
    else
      await session.step(step, () =>
        s3.putObject({ Bucket: bucket, Key, Body: deploymentPackage.bytes }),
      );
    const updated = await session.step('update the stack', async (progress) => {
      await s3.putObject({ Bucket: bucket, Key: templateKey(folder), Body: body });
      return applyTemplate(session, body, { isNew: false, progress });
    });
    await session.step('remove packages older than the last five deployments', () =>
      removeObsolete(session, bucket, [folder, folderOf(stack) ?? folder]),
    );
    return updated;
  },
  async rollback(session, stack) {
    const template = await previousTemplate(session, await bucketOf(session, stack), stack);
    return session.step('roll back to the previous deployment', (progress) =>
      applyTemplate(session, template, { isNew: false, progress }),
    );
  },
};

async function bucketOf(session: AwsSession, { name }: Stack): Promise<string> {
  const bucket = deploymentBucketOf(await stackResources(session, name));
  if (bucket === null) throw new DeployError('aws', `the stack ${name} has lost its bucket`);
  return bucket;
}

async function removeObsolete(session: AwsSession, bucket: string, inUse: readonly string[]) {
  const s3 = await session.s3();
  const keys = (await objectsIn(s3, bucket)).map(({ Key }) => Key);
  const obsolete = obsoleteKeys(keys, { prefix: deploymentsPrefix(session.target), inUse });
  const objects = obsolete.map((Key) => ({ Key }));
  await removeObjects(s3, bucket, objects);
}

/** The record of the deployment that a rollback restores: the one that is deployed now. */
function previousOf(stack: Stack): DeploymentRecord {
  const folder = folderOf(stack);
  const { ArchiveSha256 } = stack.record;
  return {
    ...(folder === null ? {} : { PreviousDeployment: folder }),
    ...(ArchiveSha256 === undefined ? {} : { PreviousArchiveSha256: ArchiveSha256 }),
  };
}

/** Folder of what is deployed. The Serverless Framework records none: its packages are in it. */
function folderOf(stack: Stack): string | null {
  if (!stack.hasFunction) return null;
  return stack.record.Deployment ?? keyOf(stack)?.replace(/\/[^/]*$/, '') ?? null;
}

/** Key of the package in the deployed template. */
function keyOf({ template }: Stack): string | null {
  const code = functionIn(template)?.Properties['Code'];
  const isObject = typeof code === 'object' && code !== null && 'S3Key' in code;
  return isObject && typeof code.S3Key === 'string' ? code.S3Key : null;
}

async function previousTemplate(session: AwsSession, bucket: string, stack: Stack) {
  const folder = await previousFolder(session, bucket, stack);
  const template = folder && (await readText(await session.s3(), bucket, templateKey(folder)));
  if (template) return template;
  const why = folder === undefined ? 'it is the first' : 'its package is no longer in the bucket';
  throw nothingPrevious(session, why);
}

/** Folder of the deployment before a stack's own. What the Serverless Framework deployed has no record of it. */
async function previousFolder(session: AwsSession, bucket: string, stack: Stack) {
  const { Deployment, PreviousDeployment } = stack.record;
  if (Deployment !== undefined) return PreviousDeployment;
  const deployed = folderOf(stack) ?? '';
  const keys = (await objectsIn(await session.s3(), bucket)).map(({ Key }) => Key);
  const folders = foldersIn(keys, deploymentsPrefix(session.target));
  return folders.findLast((folder) => folder < deployed);
}
