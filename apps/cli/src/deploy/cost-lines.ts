import type { Workload } from '@tricloud/core';
import { configurationOf, type Target } from '@tricloud/deploy';
import type { MonthlyCost } from '@tricloud/deploy/monthly-cost';
import { amount, cost as costOf, number } from '../numbers.ts';
import { columnLines } from '../table.ts';

/** The cost of a month of a workload on a target. */
export interface MonthOf {
  /** The workload's file. */
  readonly name: string;
  readonly workload: Workload;
  readonly month: MonthlyCost;
}

/** The month's bill, in columns. */
export function costLines(cost: MonthOf | null, target: Target): readonly string[] {
  if (cost === null) return ['cost: --workload FILE adds the cost of a month of that workload'];
  const { name, workload, month } = cost;
  if (!month.isKnown) return [`a month of ${name}: ${month.reason}`];
  const { memoryMiB } = configurationOf(target);
  const { bill, notes } = month.estimate;
  const rows = bill.lines.map(({ meter, used, free, unit, amountUsd }, index) => [
    // The HTTP API in front of the function has a meter of the same name; its line is the last one.
    bill.lines.slice(0, index).some((line) => line.meter === meter) ? `HTTP API ${meter}` : meter,
    amount(used),
    /^[a-z]{4,}$/.test(unit) ? `${unit}s` : unit,
    free === '0' ? '' : `${amount(free)} free`,
    `${costOf(amountUsd)} USD`,
  ]);
  return [
    `a month of ${name}: ${costOf(bill.totalUsd)} USD ${included[target.cloud]}`,
    ...columnLines(['left', 'right', 'left', 'right', 'right'], rows).map((line) => `  ${line}`),
    ...(workload.memoryMiB === memoryMiB
      ? []
      : [
          `  with the deployed ${number(memoryMiB)} MiB; the workload has ${number(workload.memoryMiB)}`,
        ]),
    ...notes.map(({ en }) => `  ${en}`),
    `  prices as of ${bill.priceList.date}; --json names their sources`,
  ];
}

/** Charges in this total that a comparison has only where its workload includes them. */
const included: Readonly<Record<Target['cloud'], string>> = {
  aws: 'with API gateway and data transfer',
  google: 'with data transfer',
  azure: 'with data transfer',
};
