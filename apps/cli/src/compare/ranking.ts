import type { Comparison, Estimate } from '@tricloud/core';
import { cost, number, percent } from '../numbers.ts';
import { type Column, tableLines, widthOf } from '../table.ts';
import { bar } from './bar.ts';
import type { Layout } from './layout.ts';
import { rowName } from './names.ts';
import { words } from './words.ts';

/** An estimate with its place in the ranking, counted from 1. */
export interface Ranked {
  readonly rank: number;
  readonly estimate: Estimate;
}

/** Every ranked estimate, cheapest first. */
export function estimatesOf({ plans, servers, order }: Comparison): readonly Estimate[] {
  const byId = new Map([...plans, ...servers].map((each) => [each.id, each]));
  return order.flatMap((id) => byId.get(id) ?? []);
}

/** The first rows of a ranking, and of the rest those that `tricloud deploy` would create; at most `count`. */
export function firstRows(comparison: Comparison, count: number): readonly Ranked[] {
  const all = rankedOf(comparison);
  if (all.length <= count) return all;
  const targets = all.filter(({ estimate }) => estimate.isDeployTarget).slice(0, count);
  let first = count;
  while (first > 0 && first + targets.filter(({ rank }) => rank > first).length > count) first -= 1;
  return all.filter((each) => each.rank <= first || targets.includes(each));
}

/** Every ranked estimate with its place in the ranking. */
export function rankedOf(comparison: Comparison): readonly Ranked[] {
  return estimatesOf(comparison).map((estimate, index) => ({ rank: index + 1, estimate }));
}

/** A table of estimates: place, name, cost, instances, and a bar where there is room for one. */
export function rankingTable(
  rows: readonly Ranked[],
  { lang, paint, width, hasBlocks }: Layout,
  { hasDetails = false } = {},
): readonly string[] {
  const say = words[lang];
  const columns: readonly Column[] = [
    { title: say.number, align: 'right' },
    { title: say.estimate },
    { title: say.usdAMonth, align: 'right' },
    { title: say.instances, align: 'right' },
  ];
  const cells = rows.map(({ rank, estimate }) => [
    number(rank, lang),
    rowName(estimate, lang),
    cost(estimate.bill.totalUsd, lang),
    instancesCell(estimate, lang, hasDetails),
  ]);
  const [title = '', ...lines] = tableLines(columns, cells);
  const used = Math.max(widthOf(title), ...lines.map(widthOf));
  const room = Math.min(width - used - 2, longestBar);
  const most = Math.max(0, ...rows.map(({ estimate }) => Number(estimate.bill.totalUsd)));
  const barOf = ({ estimate }: Ranked): string =>
    room < shortestBar || most === 0
      ? ''
      : bar(Number(estimate.bill.totalUsd) / most, room, hasBlocks);
  return [
    paint('bold', title),
    ...rows.map((row, index) => {
      const line = lines[index] ?? '';
      const drawn = barOf(row);
      return drawn === ''
        ? line
        : `${line}${' '.repeat(used - widthOf(line) + 2)}${paint('cyan', drawn)}`;
    }),
  ];
}

function instancesCell({ instances }: Estimate, lang: Layout['lang'], hasDetails: boolean): string {
  if (instances === null) return '';
  const count = number(instances.count, lang);
  if (!hasDetails) return count;
  return words[lang].instancesAt(count, percent(Number(instances.utilization), lang));
}

const longestBar = 40;
const shortestBar = 5;
