import type { Comparison, Estimate } from '@tricloud/core';
import { briefCost, briefCount, number, percent } from '../numbers.ts';
import { type Column, tableLines, widthOf } from '../table.ts';
import { bar } from './bar.ts';
import type { Layout } from './layout.ts';
import { rowName } from './names.ts';
import { words } from './words.ts';

/** An estimate with its rank, counted from 1. */
interface Ranked {
  readonly rank: number;
  readonly estimate: Estimate;
}

/** Every ranked estimate, cheapest first. */
export function estimatesOf({ plans, servers, order }: Comparison): readonly Estimate[] {
  const byId = new Map([...plans, ...servers].map((each) => [each.id, each]));
  return order.flatMap((id) => byId.get(id) ?? []);
}

/** The first rows of a ranking, and those that `tricloud deploy` creates; at most `count` in all. */
export function firstRows(comparison: Comparison, count: number): readonly Ranked[] {
  const all = rankedOf(comparison);
  if (all.length <= count) return all;
  const targets = all.filter(({ estimate }) => estimate.isDeployTarget).slice(0, count);
  let first = count;
  while (first > 0 && first + targets.filter(({ rank }) => rank > first).length > count) first -= 1;
  return all.filter((each) => each.rank <= first || targets.includes(each));
}

/** Every ranked estimate with its rank. */
export function rankedOf(comparison: Comparison): readonly Ranked[] {
  return estimatesOf(comparison).map((estimate, index) => ({ rank: index + 1, estimate }));
}

/** A table of estimates: rank, name, cost, and instances and a bar where they fit. */
export function rankingTable(
  rows: readonly Ranked[],
  layout: Layout,
  { hasDetails = false } = {},
): readonly string[] {
  const { paint, width, hasBlocks } = layout;
  const all = numbersTable(rows, layout, { hasDetails });
  const fits = all.every((line) => widthOf(line) <= width);
  const [title = '', ...lines] = fits ? all : numbersTable(rows, layout, { hasInstances: false });
  const used = Math.max(widthOf(title), ...lines.map(widthOf));
  const room = Math.min(width - used - 2, longestBar);
  const most = Math.max(0, ...rows.map(({ estimate }) => Number(estimate.bill.totalUsd)));
  return [
    paint('bold', title),
    ...lines.map((line, index) => {
      const usd = Number(rows[index]?.estimate.bill.totalUsd);
      if (room < shortestBar || usd === 0) return line;
      const space = ' '.repeat(used - widthOf(line) + 2);
      return `${line}${space}${paint('cyan', bar(usd / most, room, hasBlocks))}`;
    }),
  ];
}

function numbersTable(
  rows: readonly Ranked[],
  { lang }: Layout,
  { hasInstances = true, hasDetails = false },
): readonly string[] {
  const say = words[lang];
  const isAllComplete = rows.every(({ estimate }) => estimate.isComplete);
  const columns: readonly Column[] = [
    { title: say.number, align: 'right' },
    { title: say.estimate },
    { title: say.usdAMonth, align: 'right' },
    ...(hasInstances ? [{ title: say.instances, align: 'right' } as const] : []),
  ];
  const cells = rows.map(({ rank, estimate }) => [
    number(rank, lang),
    rowName(estimate, lang),
    briefCost(estimate.bill.totalUsd, lang) +
      (isAllComplete ? '' : estimate.isComplete ? ' ' : '+'),
    ...(hasInstances ? [instancesCell(estimate, lang, hasDetails)] : []),
  ]);
  return tableLines(columns, cells);
}

/** Explains the marks in a table of these estimates. */
export function legend(rows: readonly Ranked[], lang: Layout['lang']): readonly string[] {
  const say = words[lang];
  return [
    ...(rows.some(({ estimate }) => estimate.isDeployTarget) ? [say.deployTarget] : []),
    ...(rows.every(({ estimate }) => estimate.isComplete) ? [] : [say.incomplete]),
  ];
}

function instancesCell({ instances }: Estimate, lang: Layout['lang'], hasDetails: boolean): string {
  if (instances === null) return '';
  const count = briefCount(instances.count, lang);
  if (!hasDetails) return count;
  return words[lang].instancesAt(count, percent(Number(instances.utilization), lang));
}

const longestBar = 40;
const shortestBar = 5;
