import * as v from 'valibot';
import type { LogLine } from '../engine/cloud.ts';
import { NothingDeployedError } from '../engine/errors.ts';
import { command } from './command.ts';
import type { Run } from './run.ts';

const Entries = v.object({
  entries: v.optional(
    v.array(
      v.object({
        insertId: v.optional(v.string(), ''),
        timestamp: v.string(),
        severity: v.optional(v.string()),
        textPayload: v.optional(v.string()),
        jsonPayload: v.optional(v.record(v.string(), v.unknown())),
        httpRequest: v.optional(
          v.object({
            requestMethod: v.optional(v.string()),
            requestUrl: v.optional(v.string()),
            status: v.optional(v.number()),
            latency: v.optional(v.string()),
          }),
        ),
      }),
    ),
    [],
  ),
  nextPageToken: v.optional(v.string()),
});

type Entry = v.InferOutput<typeof Entries>['entries'][number];

// Sixty reads a minute and project are free to all who read
// (https://cloud.google.com/logging/quotas, 2026-11-22).
const pauseMs = 3_000;
/** Entries come late and out of order: each look reaches this far back, and what was seen is not told twice. */
const overlapMs = 60_000;

/** The log of the function's service, oldest first; with `follow` until the signal. */
export async function* logs(
  run: Run,
  { sinceMs, follow }: { readonly sinceMs: number; readonly follow: boolean },
): AsyncGenerator<LogLine> {
  const { functions, names, target, context, pace } = run;
  const { signal } = context;
  if ((await functions.get()) === null) {
    throw new NothingDeployedError('google', `${names.function} is not there`, {
      hint: command('deploy', target),
    });
  }
  const seen = new Map<string, number>();
  let latestMs = sinceMs;
  for (;;) {
    const fromMs = Math.max(sinceMs, latestMs - overlapMs);
    for await (const entry of entriesSince(run, fromMs)) {
      const atMs = Date.parse(entry.timestamp);
      const id = `${entry.timestamp} ${entry.insertId}`;
      if (seen.has(id)) continue;
      seen.set(id, atMs);
      latestMs = Math.max(latestMs, atMs);
      yield { at: new Date(atMs).toISOString(), text: textOf(entry) };
    }
    for (const [id, atMs] of seen) if (atMs < latestMs - 2 * overlapMs) seen.delete(id);
    if (!follow || signal.aborted) return;
    await pace.wait(pauseMs, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (signal.aborted) return;
  }
}

/** https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list (2026-11-22). */
async function* entriesSince({ rest, names }: Run, fromMs: number): AsyncGenerator<Entry> {
  const filter = [
    'resource.type="cloud_run_revision"',
    `resource.labels.service_name="${names.functionId}"`,
    `resource.labels.location="${names.region}"`,
    `timestamp>="${new Date(fromMs).toISOString()}"`,
  ].join(' AND ');
  let pageToken: string | undefined;
  do {
    const { body } = await rest({
      api: 'logging',
      call: 'ListLogEntries',
      method: 'POST',
      path: 'v2/entries:list',
      body: {
        resourceNames: [`projects/${names.project}`],
        filter,
        orderBy: 'timestamp asc',
        pageSize: 1000,
        ...(pageToken !== undefined && { pageToken }),
      },
      isRepeatable: true,
    });
    const { entries, nextPageToken } = v.parse(Entries, body);
    yield* entries;
    pageToken = nextPageToken === '' ? undefined : nextPageToken;
  } while (pageToken !== undefined);
}

function textOf({ severity, textPayload, jsonPayload, httpRequest }: Entry): string {
  const level = severity === undefined || severity === 'DEFAULT' ? [] : [severity];
  const message = jsonPayload?.['message'];
  const payload =
    textPayload ??
    (typeof message === 'string' ? message : undefined) ??
    (jsonPayload === undefined ? undefined : JSON.stringify(jsonPayload));
  const { requestMethod, requestUrl, status, latency } = httpRequest ?? {};
  const request = [requestMethod, requestUrl, status, latency].filter((part) => part !== undefined);
  return [...level, payload ?? request.join(' ')].join(' ').trimEnd();
}
