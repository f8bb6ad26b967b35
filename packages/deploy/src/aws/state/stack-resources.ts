import type { StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { Clients } from '../credentials/session.ts';
import { describeStack, isMissing } from './read-stack.ts';

/** A resource of a stack. */
export interface StackResource {
  readonly type: string;
  readonly logicalId: string;
  /** AWS's own name for it; null where it has none. */
  readonly physicalId: string | null;
}

/** The resources that a stack has at the moment; none where there is no stack. */
export async function stackResources(
  clients: Clients,
  StackName: string,
): Promise<readonly StackResource[]> {
  const found: StackResource[] = [];
  try {
    const client = await clients.cloudFormation();
    for await (const page of client.paginateListStackResources({ StackName })) {
      found.push(...(page.StackResourceSummaries ?? []).flatMap(toResource));
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return found;
}

function toResource(summary: StackResourceSummary): readonly StackResource[] {
  const { ResourceType: type, LogicalResourceId: logicalId = '', ResourceStatus } = summary;
  // An emulator lists what it does not create without a type.
  if (type === undefined || type === '' || ResourceStatus === 'DELETE_COMPLETE') return [];
  return [{ type, logicalId, physicalId: summary.PhysicalResourceId || null }];
}

/** Name of the bucket that deployment packages are uploaded to; null where the stack has none. */
export function deploymentBucketOf(resources: readonly StackResource[]): string | null {
  const bucket = resources.find(({ logicalId }) => logicalId === 'ServerlessDeploymentBucket');
  return bucket?.physicalId ?? null;
}

/** What is still there after a failure, by name. Where AWS does not answer, what may be there. */
export async function remainingResources(
  clients: Clients,
  stack: string,
): Promise<readonly string[]> {
  const name = `AWS::CloudFormation::Stack ${stack}`;
  try {
    const status = (await describeStack(clients, stack))?.StackStatus;
    if (status === undefined || status === 'DELETE_COMPLETE') return [];
    const resources = await stackResources(clients, stack).catch(() => null);
    return resources === null
      ? [`${name} (${status}), perhaps with resources: AWS does not list them`]
      : [`${name} (${status})`, ...resources.map(toName)];
  } catch {
    return [`perhaps ${name}: AWS does not say`];
  }
}

/** A resource by its type and name. */
export function toName({ type, physicalId, logicalId }: StackResource): string {
  return `${type} ${physicalId ?? logicalId}`;
}
