import { regionsOf, rowIn } from '@tricloud/core/parts';
import { describe, expect, test } from 'vitest';
import { readPriceLists } from './price-lists.ts';
import { listsDir, queriesDir } from './run.ts';
import { inColumns } from './updated-price-list.ts';

const lists = await readPriceLists(listsDir, queriesDir);

test.each(lists)(
  '$data.service has its prices in the columns that a refresh writes',
  ({ data }) => {
    for (const price of data.prices) {
      if (price.usd === undefined) continue;
      const cells = new Map<string, string>();
      for (const region of regionsOf(data)) {
        const row = rowIn(data, price, region);
        if (row !== undefined) cells.set(region, row.tiers.map(({ usd }) => usd).join('/'));
      }
      expect([price.id, Object.entries(inColumns(data.regions, cells))]).toEqual([
        price.id,
        Object.entries(price.usd),
      ]);
    }
  },
);

describe('prices in columns', () => {
  const regions = { north: ['n1', 'n2', 'n3', 'n4'], south: ['s1', 's2'], all: ['n1', 's1'] };

  test.each([
    { cells: { n1: '1', n2: '1', n3: '1', n4: '1' }, usd: { north: '1' }, why: 'a whole group' },
    { cells: { n1: '1', n2: '2', n4: '1' }, usd: { north: '1 2 - 1' }, why: 'most of a group' },
    { cells: { n2: '1', s2: '1' }, usd: { n2: '1', s2: '1' }, why: 'few of a group' },
    { cells: { n1: '3', s1: '3', s2: '4' }, usd: { s2: '4', all: '3' }, why: 'a second grouping' },
  ])('are written for $why', ({ cells, usd }) => {
    expect(inColumns(regions, new Map(Object.entries(cells)))).toEqual(usd);
  });
});
