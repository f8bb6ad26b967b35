import { nothingDeployed } from '../engine/refusals.ts';
import type { Driver } from '../engine/driver.ts';
import type { LogEntry } from '../engine/log-entry.ts';
import type { AwsSession } from './credentials/session.ts';
import type { Stack } from './state/read-stack.ts';
import { logGroupName } from './template/names.ts';

export const logs: Driver<AwsSession, Stack>['logs'] = {
  intervalMs: 2000,
  async read(session, sinceMs) {
    const client = await session.logs();
    const input = { logGroupName: logGroupName(session.target), startTime: sinceMs };
    const found: LogEntry[] = [];
    try {
      for await (const { events = [] } of client.paginateFilterLogEvents(input)) {
        for (const { eventId: id = '', timestamp: atMs = 0, message: text = '' } of events) {
          found.push({ id, atMs, text });
        }
      }
    } catch (error) {
      const isMissing = error instanceof Error && error.name === 'ResourceNotFoundException';
      throw isMissing ? nothingDeployed(session) : error;
    }
    return found.toSorted((a, b) => a.atMs - b.atMs);
  },
};
