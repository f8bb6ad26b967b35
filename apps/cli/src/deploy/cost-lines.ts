import type { Workload } from '@tricloud/core';
import { configurationOf, type MonthlyCost, type Target } from '@tricloud/deploy';
import { amount, toCents } from '../numbers.ts';
import { pad } from '../table.ts';

/** What a month of a workload costs on what is deployed. */
export interface Cost {
  /** The workload's file. */
  readonly name: string;
  readonly workload: Workload;
  readonly month: MonthlyCost;
}

/** The month's bill, its amounts below one another. */
export function costLines(cost: Cost | null, target: Target): readonly string[] {
  if (cost === null) return ['cost: --workload FILE tells what a month of it costs here'];
  const { name, workload, month } = cost;
  if (!month.isKnown) return [`a month of ${name}: ${month.reason}`];
  const { memoryMiB } = configurationOf(target);
  const { bill, notes } = month.estimate;
  const rows = bill.lines.map(({ meter, used, free, unit, amountUsd }, index) => [
    // What stands before the function has a meter of the same name, and comes last.
    bill.lines.slice(0, index).some((line) => line.meter === meter) ? `HTTP API ${meter}` : meter,
    amount(used),
    /^[a-z]{4,}$/.test(unit) ? `${unit}s` : unit,
    free === '0' ? '' : `${amount(free)} of them free`,
    `${toCents(amountUsd)} USD`,
  ]);
  return [
    `a month of ${name}: ${toCents(bill.totalUsd)} USD`,
    ...inColumns(rows).map((line) => `  ${line}`),
    ...(workload.memoryMiB === memoryMiB
      ? []
      : [`  at the ${memoryMiB} MiB that are deployed; the workload says ${workload.memoryMiB}`]),
    ...notes.map((note) => `  ${note}`),
    `  prices as of ${bill.priceList.date}; --json names their sources`,
  ];
}

const sides = ['left', 'right', 'left', 'right', 'right'] as const;

function inColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = sides.map((_side, i) => Math.max(0, ...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    sides.map((side, i) => pad(row[i] ?? '', widths[i] ?? 0, side)).join('  '),
  );
}
