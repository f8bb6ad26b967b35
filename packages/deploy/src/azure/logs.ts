import * as v from 'valibot';
import { nothingDeployed } from '../engine/refusals.ts';
import type { Driver } from '../engine/driver.ts';
import type { AzureSession } from './credentials/session.ts';
import type { Deployed } from './state/site.ts';
import { findGroup, groupPath } from './state/group.ts';
import { baseName } from './template/names.ts';

const RowSchema = v.tuple([v.string(), v.string(), v.string()]);
const TablesSchema = v.object({ tables: v.array(v.object({ rows: v.array(RowSchema) })) });

/** Most rows of one answer, https://learn.microsoft.com/azure/azure-monitor/service-limits. */
const mostRows = 10_000;

/** Start of a log, and the time at which the last row that was read came in. */
interface Cursor {
  readonly since: string;
  after: string;
}

const cursors = new WeakMap<AzureSession, Cursor>();

/**
 * The log, as Application Insights writes it into the workspace. A row comes in 20 seconds to three minutes after it was
 * written (https://learn.microsoft.com/azure/azure-monitor/logs/data-ingestion-time, 2026-11-22): rows are read by the
 * time at which they came in, so that none is missed and none is read twice.
 */
export const logs: Driver<AzureSession, Deployed>['logs'] = {
  intervalMs: 10_000,
  async read(session, sinceMs) {
    const cursor = cursors.get(session) ?? (await openCursor(session, sinceMs));
    const entries = [];
    for (;;) {
      const rows = await query(session, cursor);
      for (const [at, text, cameIn] of rows) {
        entries.push({ id: `${cameIn} ${entries.length}`, atMs: Date.parse(at), text });
        cursor.after = cameIn;
      }
      if (rows.length < mostRows) return entries;
    }
  },
};

async function openCursor(session: AzureSession, sinceMs: number): Promise<Cursor> {
  if ((await findGroup(session))?.settings == null) throw nothingDeployed(session);
  const since = new Date(sinceMs).toISOString();
  const cursor = { since, after: '1970-01-01T00:00:00Z' };
  cursors.set(session, cursor);
  return cursor;
}

/**
 * Queries Log Analytics through Resource Manager, so that the same token and endpoint serve,
 * https://learn.microsoft.com/azure/azure-monitor/logs/api/request-format (2026-11-22).
 */
async function query(
  session: AzureSession,
  { since, after }: Cursor,
): Promise<readonly v.InferOutput<typeof RowSchema>[]> {
  const workspace = `Microsoft.OperationalInsights/workspaces/${baseName(session.target)}-logs`;
  const { json } = await session.arm.send({
    method: 'POST',
    path: `${groupPath(session)}/providers/${workspace}/api/query`,
    version: '2020-08-01',
    headers: { prefer: 'response-v1=true' },
    json: { query: kql(since, after) },
  });
  return v.parse(TablesSchema, json).tables[0]?.rows ?? [];
}

function kql(since: string, after: string): string {
  return `union isfuzzy=true AppTraces, AppExceptions, AppRequests
| where TimeGenerated >= datetime(${since})
| extend CameIn = ingestion_time()
| where CameIn > datetime(${after})
| extend Text = case(
    Type == "AppRequests", strcat(Name, " ", ResultCode, " in ", tostring(round(DurationMs)), " ms"),
    Type == "AppExceptions", strcat("error: ", iff(isempty(OuterMessage), ProblemId, OuterMessage)),
    Message)
| order by CameIn asc, TimeGenerated asc
| take ${mostRows}
| project TimeGenerated, Text, CameIn`;
}
