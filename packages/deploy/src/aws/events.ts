import type { CloudFormation, StackEvent } from '@aws-sdk/client-cloudformation';

/** The newest event of a stack, which every later one comes after; null where there is none. */
export async function newestEventId(cf: CloudFormation, stack: string): Promise<string | null> {
  const { StackEvents } = await cf.describeStackEvents({ StackName: stack });
  return StackEvents?.[0]?.EventId ?? null;
}

/** The events of a stack after one, the oldest first. */
export async function eventsAfter(
  cf: CloudFormation,
  stack: string,
  after: string | null,
): Promise<readonly StackEvent[]> {
  const found: StackEvent[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cf.describeStackEvents({
      StackName: stack,
      ...(NextToken === undefined ? {} : { NextToken }),
    });
    const events = page.StackEvents ?? [];
    const end = events.findIndex(({ EventId }) => EventId === after);
    found.push(...(end === -1 ? events : events.slice(0, end)));
    NextToken = end === -1 ? page.NextToken : undefined;
  } while (NextToken !== undefined);
  return found.toReversed();
}

/** How many resources are done, and the last one: `3 of 10 resources, TricloudLogGroup`; null before the first. */
export function progressOf(events: readonly StackEvent[], of: number | null): string | null {
  const done = events.filter(
    (event) => !isOfStack(event) && (event.ResourceStatus ?? '').endsWith('_COMPLETE'),
  );
  const last = done.at(-1)?.LogicalResourceId;
  if (last === undefined) return null;
  const count = new Set(done.map(({ LogicalResourceId }) => LogicalResourceId)).size;
  return `${count}${of === null ? '' : ` of ${of}`} resources, ${last}`;
}

/**
 * Why a change failed, in AWS's words: what the first resource that failed says. What failed after it failed because
 * of it ("Resource creation cancelled").
 */
export function failureIn(events: readonly StackEvent[]): string | null {
  const failed = events.filter(({ ResourceStatus }) => (ResourceStatus ?? '').endsWith('_FAILED'));
  const first =
    failed.find(
      (event) => !isOfStack(event) && !/cancelled/i.test(event.ResourceStatusReason ?? ''),
    ) ??
    failed[0] ??
    events.find(({ ResourceStatus }) => (ResourceStatus ?? '').endsWith('ROLLBACK_IN_PROGRESS'));
  if (first === undefined) return null;
  const reason = first.ResourceStatusReason ?? first.ResourceStatus ?? '';
  return `${first.LogicalResourceId ?? ''} (${first.ResourceType ?? ''}): ${reason}`;
}

function isOfStack({ ResourceType }: StackEvent): boolean {
  return ResourceType === 'AWS::CloudFormation::Stack';
}
