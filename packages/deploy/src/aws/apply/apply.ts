import type { Driver } from '../../engine/driver.ts';
import type { AwsSession } from '../credentials/session.ts';
import { objectsIn } from '../publish/bucket.ts';
import type { Stack } from '../state/read-stack.ts';
import { deploymentBucketOf, stackResources, toName } from '../state/stack-resources.ts';
import { bucketTemplate } from '../template/stack-template.ts';
import { applyTemplate } from './apply-template.ts';
import { removeStack } from './remove-stack.ts';

export const apply: Driver<AwsSession, Stack>['apply'] = {
  async apply(session, _archive, found) {
    if (found !== null) return found;
    const template = JSON.stringify(bucketTemplate());
    return session.step('create the stack and its bucket', (progress) =>
      applyTemplate(session, template, { isNew: true, progress }),
    );
  },
  async removals(session, { name }) {
    const resources = await stackResources(session, name);
    const bucket = deploymentBucketOf(resources);
    const objects = bucket === null ? [] : await objectsIn(await session.s3(), bucket);
    return [
      `AWS::CloudFormation::Stack ${name}`,
      ...resources.map(toName),
      ...objects.map(({ Key }) => `s3://${bucket ?? ''}/${Key}`),
    ];
  },
  remove: (session, stack) => removeStack(session, stack, `remove the stack ${stack.name}`),
};
