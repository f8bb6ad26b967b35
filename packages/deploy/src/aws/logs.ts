import { setTimeout as pause } from 'node:timers/promises';
import type { CloudWatchLogs, FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { LogLine } from '../engine/cloud.ts';
import { NothingDeployedError } from '../engine/errors.ts';
import type { Access } from './access.ts';
import { cloudWatchLogs } from './clients.ts';
import { toDeployError } from './failure.ts';
import { flagsOf, logGroupName } from './names.ts';

/** A line may reach the log some seconds after a later one: this far back is asked again. */
const lateMs = 10_000;

/** The function's log, the oldest line first; with `follow` on and on until the signal. */
export async function* logs(
  access: Access,
  { sinceMs, follow }: { readonly sinceMs: number; readonly follow: boolean },
): AsyncGenerator<LogLine> {
  const { signal } = access.context;
  const client = await cloudWatchLogs(access);
  let newest = sinceMs;
  let seen: ReadonlyMap<string, number> = new Map();
  for (;;) {
    const events = await eventsFrom(access, client, Math.max(sinceMs, newest - lateMs));
    for (const { eventId = '', timestamp = 0, message = '' } of events) {
      if (seen.has(eventId)) continue;
      newest = Math.max(newest, timestamp);
      yield { at: new Date(timestamp).toISOString(), text: message.replace(/\r?\n$/, '') };
    }
    if (!follow || signal.aborted) return;
    seen = new Map(
      [
        ...seen,
        ...events.map(({ eventId = '', timestamp = 0 }): [string, number] => [eventId, timestamp]),
      ].filter(([, at]) => at >= newest - lateMs),
    );
    try {
      await pause(access.pace.pollMs, undefined, { signal });
    } catch {
      return;
    }
  }
}

async function eventsFrom(
  access: Access,
  client: CloudWatchLogs,
  startTime: number,
): Promise<readonly FilteredLogEvent[]> {
  const { context, target } = access;
  const logGroup = logGroupName(target);
  const found: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await client.filterLogEvents(
        { logGroupName: logGroup, startTime, ...(nextToken === undefined ? {} : { nextToken }) },
        { abortSignal: context.signal },
      );
      found.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  } catch (error) {
    // Whoever follows a log ends it so: that is no failure.
    if (context.signal.aborted) return found;
    if (error instanceof Error && error.name === 'ResourceNotFoundException') {
      throw new NothingDeployedError('aws', `there is no log ${logGroup} in ${target.region}`, {
        hint: `npx tricloud deploy aws ${flagsOf(target)}`,
        cause: error,
      });
    }
    throw toDeployError(error, access, { doing: `read the log ${logGroup}` });
  }
  return found.toSorted((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
}
