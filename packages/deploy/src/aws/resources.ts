import type { CloudFormation, ListStackResourcesOutput } from '@aws-sdk/client-cloudformation';
import { describe } from './stack.ts';

/** A resource that a stack holds. */
export interface StackResource {
  readonly type: string;
  readonly logicalId: string;
  /** AWS's own name for it; null where it has none. */
  readonly physicalId: string | null;
}

/** The resources that a stack holds at the moment; none where there is no stack. */
export async function resourcesOf(
  cf: CloudFormation,
  stack: string,
): Promise<readonly StackResource[]> {
  const found: StackResource[] = [];
  let NextToken: string | undefined;
  do {
    const page: ListStackResourcesOutput = await cf
      .listStackResources({ StackName: stack, ...(NextToken === undefined ? {} : { NextToken }) })
      .catch((error: unknown) => {
        if (error instanceof Error && error.message.includes('does not exist')) return {};
        throw error;
      });
    for (const each of page.StackResourceSummaries ?? []) {
      const { ResourceType, LogicalResourceId, PhysicalResourceId, ResourceStatus } = each;
      // What an emulator does not make it lists without a name.
      if (ResourceType === undefined || ResourceType === '') continue;
      if (ResourceStatus === 'DELETE_COMPLETE') continue;
      found.push({
        type: ResourceType,
        logicalId: LogicalResourceId ?? '',
        physicalId: PhysicalResourceId === '' ? null : (PhysicalResourceId ?? null),
      });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** The bucket that archives are kept in. */
export function deploymentBucketOf(resources: readonly StackResource[]): string | null {
  const bucket = resources.find(({ logicalId }) => logicalId === 'ServerlessDeploymentBucket');
  return bucket?.physicalId ?? null;
}

/** What is still there, by name, told after a failure; where that cannot be asked either, what there may be. */
export async function leftBehind(cf: CloudFormation, stack: string): Promise<readonly string[]> {
  const name = `AWS::CloudFormation::Stack ${stack}`;
  try {
    const status = (await describe(cf, stack))?.StackStatus;
    if (status === undefined || status === 'DELETE_COMPLETE') return [];
    const resources = await resourcesOf(cf, stack).catch(() => null);
    return resources === null
      ? [`${name} (${status}), and what it holds: AWS does not tell`]
      : [`${name} (${status})`, ...resources.map(nameOf)];
  } catch {
    return [`perhaps ${name}: AWS does not tell`];
  }
}

/** A resource as it is told. */
export function nameOf({ type, physicalId, logicalId }: StackResource): string {
  return `${type} ${physicalId ?? logicalId}`;
}
