import * as v from 'valibot';
import type { LogLine } from '../engine/cloud.ts';
import type { Target } from '../engine/target.ts';
import { readErrorBody } from './failure.ts';
import { findGroup } from './group.ts';
import { parseJson } from './json.ts';
import { nothingDeployed } from './rollback.ts';
import type { Session } from './session.ts';
import { findOutputs } from './outputs.ts';
import { wait } from './wait.ts';

const TableSchema = v.object({
  tables: v.array(v.object({ rows: v.array(v.tuple([v.string(), v.string(), v.string()])) })),
});

/** The most rows that one question gives back, https://learn.microsoft.com/azure/azure-monitor/service-limits. */
const mostRows = 10_000;

/**
 * The log from `sinceMs` on, as Application Insights writes it into the workspace. A line is there 20 seconds to
 * three minutes after it was written
 * (https://learn.microsoft.com/azure/azure-monitor/logs/data-ingestion-time, 2026-11-22), so that lines are followed by when they came in, not by when they were
 * written: none is missed, and none comes twice.
 */
export async function* readLogs(
  target: Target,
  { sinceMs, follow }: { readonly sinceMs: number; readonly follow: boolean },
  session: Session,
): AsyncGenerator<LogLine> {
  const group = await findGroup(target, session);
  const outputs = group === null ? null : await findOutputs(group, session);
  if (outputs === null) throw nothingDeployed(target, session);
  const since = new Date(sinceMs).toISOString();
  let after = '1970-01-01T00:00:00Z';
  for (;;) {
    const rows = await query(outputs.workspaceId, kql(since, after), session);
    for (const [at, text, cameIn] of rows) {
      after = cameIn;
      yield { at: new Date(at).toISOString(), text };
    }
    if (rows.length === mostRows) continue;
    if (!follow) return;
    try {
      await wait(session.pace.logsMs, session.signal);
    } catch {
      return;
    }
  }
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

/**
 * Asks Log Analytics by way of Resource Manager, so that the same token and the same endpoint serve,
 * https://learn.microsoft.com/azure/azure-monitor/logs/api/request-format (2026-11-22).
 */
async function query(
  workspaceId: string,
  text: string,
  { send, endpoints }: Session,
): Promise<readonly (readonly [string, string, string])[]> {
  const answer = await send({
    method: 'POST',
    url: `${endpoints.resourceManager}${workspaceId}/api/query?api-version=2020-08-01`,
    headers: { 'content-type': 'application/json', prefer: 'response-v1=true' },
    body: JSON.stringify({ query: text }),
  });
  const body = parseJson(answer.text);
  const read = v.safeParse(TableSchema, body);
  if (answer.status === 200 && read.success) return read.output.tables[0]?.rows ?? [];
  throw new QueryError(
    answer.status,
    readErrorBody(body) ?? { code: null, message: `HTTP ${answer.status}` },
  );
}

/** Log Analytics would not answer. */
class QueryError extends Error {
  readonly statusCode: number;
  readonly code: string | null;

  constructor(
    statusCode: number,
    said: { readonly code: string | null; readonly message: string },
  ) {
    super(said.message);
    this.name = new.target.name;
    this.statusCode = statusCode;
    this.code = said.code;
  }
}
