import * as v from 'valibot';
import { nothingDeployed } from '../engine/refusals.ts';
import type { Driver } from '../engine/driver.ts';
import type { LogEntry } from '../engine/log-entry.ts';
import type { GoogleSession } from './credentials/session.ts';
import { getFunction } from './state/deployed-function.ts';
import type { Deployed } from './state/state.ts';

/** The function's log in Cloud Logging, whose quota is 60 reads a minute (https://cloud.google.com/logging/quotas, 2026-11-22). */
export const logs: Driver<GoogleSession, Deployed>['logs'] = { read, intervalMs: 3_000 };

const text = v.optional(v.string());

const EntrySchema = v.object({
  insertId: v.optional(v.string(), ''),
  timestamp: v.string(),
  severity: text,
  textPayload: text,
  jsonPayload: v.optional(v.record(v.string(), v.unknown())),
  httpRequest: v.optional(
    v.object({
      requestMethod: text,
      requestUrl: text,
      status: v.optional(v.number()),
      latency: text,
    }),
    {},
  ),
});

type Entry = v.InferOutput<typeof EntrySchema>;

/** https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list (2026-11-22). */
async function read(session: GoogleSession, sinceMs: number): Promise<readonly LogEntry[]> {
  const { api, names } = session;
  const filter = [
    'resource.type="cloud_run_revision"',
    `resource.labels.service_name="${names.functionId}"`,
    `resource.labels.location="${names.region}"`,
    `timestamp>="${new Date(sinceMs).toISOString()}"`,
  ].join(' AND ');
  const items = { key: 'entries', schema: EntrySchema, isInBody: true };
  const entries = await api.list('logging ListLogEntries', items, 'v2/entries:list', {
    resourceNames: [`projects/${names.project}`],
    filter,
    orderBy: 'timestamp asc',
    pageSize: 1000,
  });
  // The log of a removed function stays.
  if (entries.length === 0 && (await getFunction(session)) === null) throw nothingDeployed(session);
  return entries.map((entry) => ({
    id: `${entry.timestamp} ${entry.insertId}`,
    atMs: Date.parse(entry.timestamp),
    text: textOf(entry),
  }));
}

function textOf({ severity = 'DEFAULT', textPayload, jsonPayload, httpRequest }: Entry): string {
  const level = severity === 'DEFAULT' ? [] : [severity];
  const payload = textPayload ?? jsonText(jsonPayload);
  const { requestMethod, requestUrl, status, latency } = httpRequest;
  const request = [requestMethod, requestUrl, status, latency].filter((part) => part !== undefined);
  return [...level, payload ?? request.join(' ')].join(' ').trimEnd();
}

function jsonText(payload: Entry['jsonPayload']): string | undefined {
  const message = payload?.['message'];
  if (typeof message === 'string') return message;
  return payload && JSON.stringify(payload);
}
