import { expect, test } from 'vitest';
import { comparisonOf, webApi } from '../testing/comparison.ts';
import { firstRows, rankedOf, rankingTable } from './ranking.ts';

const real = comparisonOf(webApi);
const ids = (rows: ReturnType<typeof firstRows>) => rows.map(({ estimate }) => estimate.id);
const layout = {
  lang: 'en',
  paint: (_style: string, text: string) => text,
  width: 80,
  hasBlocks: false,
} as const;

/** The comparison with other deploy targets. */
function targeting(...targets: readonly number[]) {
  const isTarget = (id: string) => targets.includes(real.order.indexOf(id) + 1);
  const marked = <T extends { id: string }>(all: readonly T[]) =>
    all.map((each) => ({ ...each, isDeployTarget: isTarget(each.id) }));
  return { ...real, plans: marked(real.plans), servers: marked(real.servers) };
}

test.each([
  { targets: [], count: 4, ranks: [1, 2, 3, 4], why: 'the first' },
  { targets: [1, 2], count: 4, ranks: [1, 2, 3, 4], why: 'the first, with both targets' },
  { targets: [9], count: 4, ranks: [1, 2, 3, 9], why: 'a target in place of the fourth' },
  { targets: [1, 8, 9], count: 4, ranks: [1, 2, 8, 9], why: 'two targets and the first' },
  { targets: [4, 5], count: 4, ranks: [1, 2, 4, 5], why: 'targets around the end' },
  { targets: [7, 8, 9], count: 3, ranks: [7, 8, 9], why: 'nothing but targets' },
])('of the ranking, $count rows with targets at $targets are $why', ({ targets, count, ranks }) => {
  expect(firstRows(targeting(...targets), count).map(({ rank }) => rank)).toEqual(ranks);
});

test('is the whole ranking where there is room', () => {
  expect(ids(firstRows(real, 1000))).toEqual(real.order);
});

test('has the deploy targets of all three clouds', () => {
  const targets = rankedOf(real).filter(({ estimate }) => estimate.isDeployTarget);

  expect(targets.map(({ estimate }) => estimate.provider).toSorted()).toEqual([
    'aws',
    'azure',
    'google',
  ]);
});

test('draws each cost against the highest of the rows', () => {
  const [, ...lines] = rankingTable(rankedOf(real), layout);
  const bars = lines.map((line) => /#*$/.exec(line)?.[0].length ?? 0);

  expect(bars).toEqual(bars.toSorted((a, b) => a - b));
  expect(Math.min(...bars)).toBe(1);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('has no bars where there is no room or nothing to pay', () => {
  const free = rankedOf(real).map(({ rank, estimate }) => ({
    rank,
    estimate: { ...estimate, bill: { ...estimate.bill, totalUsd: '0' } },
  }));

  expect(rankingTable(free, layout).slice(1).join('')).not.toContain('#');
  expect(
    rankingTable(rankedOf(real), { ...layout, width: 40 })
      .slice(1)
      .join(''),
  ).not.toContain('#');
});
