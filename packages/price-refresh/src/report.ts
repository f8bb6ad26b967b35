import { fromUsd, type PriceListTier } from '@tricloud/core/parts';
import { isWhole, type ProviderReport } from './refresh.ts';
import { type RowReport, shownTiers } from './row-report.ts';

/** What was learned, for a person to read. */
export function asText(
  reports: readonly ProviderReport[],
  { write }: { readonly write: boolean },
): string {
  return reports.map((report) => ofProvider(report, write)).join('\n');
}

/** What was learned, for a program: one document. */
export function asJson(reports: readonly ProviderReport[]): string {
  const providers = reports.map((report) => ({
    provider: report.provider,
    read: isWhole(report),
    ...(report.error === undefined ? {} : { error: report.error }),
    counts: countsOf(report.rows),
    prices: report.rows.map((row) => ({ ...row, percent: percentsOf(row) })),
    written: report.written,
  }));
  return `${JSON.stringify({ providers }, null, 2)}\n`;
}

function ofProvider(report: ProviderReport, write: boolean): string {
  const { provider, error, rows } = report;
  const lines = [
    provider,
    ...(error === undefined ? [] : [`  failed: ${error}`]),
    ...rows.flatMap(rowLines),
    ...kept(rows, 'none'),
    ...kept(rows, 'unmapped'),
    ...(error === undefined ? [countsLine(rows)] : []),
    ...writtenLines(report, write),
  ];
  return `${lines.join('\n')}\n`;
}

/** A row that changed or has a problem, and its notes; of the others the notes alone. */
function rowLines(row: RowReport): readonly string[] {
  const name = `${row.list} ${row.price} (${row.region})`;
  const notes = row.notes.map((note) => `      ${note}`);
  if (row.status === 'problem') return [`  ! ${name}: ${row.why ?? ''}`, ...notes];
  if (row.status !== 'changed') return row.notes.map((note) => `  · ${name}: ${note}`);
  const percents = percentsOf(row).map((percent) => percent ?? 'another tier');
  return [
    `  ~ ${name}: ${shownTiers(row.old)} → ${shownTiers(row.new ?? [])} per ${row.unit}`,
    `      ${percents.join(', ')}; ${row.source?.key ?? ''}, ${row.source?.date ?? ''}`,
    ...notes,
  ];
}

function countsLine(rows: readonly RowReport[]): string {
  const { same, changed, problem, none, unmapped } = countsOf(rows);
  return `  ${same} as they were, ${changed} changed, ${problem} not found or not understood, ${none} in no interface, ${unmapped} without a query`;
}

function writtenLines(report: ProviderReport, write: boolean): readonly string[] {
  const { provider, rows, written } = report;
  if (!isWhole(report)) return [`  the lists of ${provider} are left as they are`];
  if (!write) return countsOf(rows).changed > 0 ? ['  --write would write this'] : [];
  return written.length === 0 ? ['  nothing to write'] : written.map((path) => `  wrote ${path}`);
}

/** Prices that are not asked for, a line a list and reason. */
function kept(rows: readonly RowReport[], status: 'none' | 'unmapped'): readonly string[] {
  const groups = new Map<string, Set<string>>();
  for (const row of rows) {
    if (row.status !== status) continue;
    const key = `${row.list} \u0000${row.why ?? 'nobody has said yet how to find it'}`;
    groups.set(key, (groups.get(key) ?? new Set()).add(row.price));
  }
  return [...groups].map(([key, prices]) => {
    const [list = '', why = ''] = key.split('\u0000');
    return `  - ${list}${[...prices].join(', ')}: ${why}`;
  });
}

function countsOf(rows: readonly RowReport[]): Readonly<Record<RowReport['status'], number>> {
  const counts = { same: 0, changed: 0, problem: 0, none: 0, unmapped: 0 };
  for (const { status } of rows) counts[status] += 1;
  return counts;
}

/** By how much each tier changed, such as `+20.00%`; `null` where none began at the same quantity, or it cost nothing. */
function percentsOf(row: RowReport): readonly (string | null)[] {
  if (row.status !== 'changed') return [];
  const tiers = row.new ?? [];
  return tiers.map((tier, index) => {
    const from = tiers[index - 1]?.upTo;
    const was = row.old.find((_, at) => row.old[at - 1]?.upTo === from);
    return percentOf(was, tier);
  });
}

function percentOf(was: PriceListTier | undefined, is: PriceListTier): string | null {
  if (was === undefined || fromUsd(was.usd) === 0n) return null;
  // In hundredths of a percent, so that money is never a float.
  const basisPoints = ((fromUsd(is.usd) - fromUsd(was.usd)) * 10_000n) / fromUsd(was.usd);
  const percent = (Number(basisPoints) / 100).toFixed(2);
  return basisPoints < 0n ? `${percent}%` : `+${percent}%`;
}
