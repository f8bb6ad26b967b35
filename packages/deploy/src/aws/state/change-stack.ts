import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { ReportProgress } from '../../engine/run.ts';
import { poll } from '../../engine/poll.ts';
import type { AwsSession } from '../credentials/session.ts';
import { describeStack, isBusy, isMissing } from './read-stack.ts';

/** A change of a stack that AWS did not carry out. */
class StackChangeError extends Error {}

interface StackChange {
  /** Name or id of the stack; null where the request creates it and answers with its id. */
  readonly stack: string | null;
  /** Status of success. */
  readonly expected: string;
  /** Sends the request; resolves to the id of the stack, where the answer has it. */
  readonly request: () => Promise<{ readonly StackId?: string | undefined }>;
  readonly progress: ReportProgress;
}

/**
 * Changes a stack, waits until CloudFormation is done, and reports its events as progress.
 *
 * @throws {StackChangeError} with AWS's reason where the stack ends in another status.
 */
export async function changeStack(
  session: AwsSession,
  { stack, expected, request, progress }: StackChange,
): Promise<void> {
  const after =
    stack === null ? null : ((await eventsOf(session, stack, null))[0]?.EventId ?? null);
  session.setInProgress('CloudFormation finishes a change that it began');
  const { StackId: id = stack ?? '' } = await request();
  const read = async () => {
    const status = (await describeStack(session, id))?.StackStatus ?? 'DELETE_COMPLETE';
    const events = await eventsOf(session, id, after);
    const detail = progressOf(events);
    if (detail !== null && isBusy(status)) progress(detail);
    return { status, events };
  };
  // Right after the request the status may still be the previous one: the change's own events tell.
  const { status, events } = await poll(
    read,
    (each) => each.status === 'DELETE_COMPLETE' || (!isBusy(each.status) && each.events.length > 0),
    { timing: session.timing, signal: session.signal, intervalMs: 500 },
  );
  session.setInProgress(null);
  if (status !== expected) throw new StackChangeError(failureIn(events) ?? status);
}

/** The events of a stack after one, the newest first. */
async function eventsOf(
  session: AwsSession,
  StackName: string,
  after: string | null,
): Promise<readonly StackEvent[]> {
  const found: StackEvent[] = [];
  try {
    const client = await session.cloudFormation();
    for await (const { StackEvents = [] } of client.paginateDescribeStackEvents({ StackName })) {
      const end = StackEvents.findIndex(({ EventId }) => EventId === after);
      if (end !== -1) return [...found, ...StackEvents.slice(0, end)];
      found.push(...StackEvents);
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return found;
}

/** Number of resources that are done, and the last one: `3 resources, TricloudLogGroup`; null before the first. */
function progressOf(events: readonly StackEvent[]): string | null {
  const done = events
    .filter((event) => !isOfStack(event) && (event.ResourceStatus ?? '').endsWith('_COMPLETE'))
    .map(({ LogicalResourceId = '' }) => LogicalResourceId);
  return done.length === 0 ? null : `${new Set(done).size} resources, ${done[0]}`;
}

/**
 * Why a change failed, in AWS's words: the reason of the first resource that failed. What failed after it failed
 * because of it ("Resource creation cancelled").
 */
function failureIn(newestFirst: readonly StackEvent[]): string | null {
  const events = newestFirst.toReversed();
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
