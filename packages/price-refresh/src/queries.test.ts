import { billedServices } from '@tricloud/core';
import { regionsOf } from '@tricloud/core/parts';
import { describe, expect, test } from 'vitest';
import { queryOf } from './refresh.ts';
import { queriesDir, listsDir } from './run.ts';
import { readPriceLists } from './price-lists.ts';

const lists = await readPriceLists(listsDir, queriesDir);

test('every list that lies there is that of a service, and the other way round', () => {
  const ofServices = new Set(billedServices.map(({ id, list = id }) => list));
  expect(new Set(lists.map(({ data }) => data.service))).toEqual(ofServices);
});

describe.each(lists)('the queries of $data.service', ({ data, rows, queries }) => {
  test('say of every price how it is found, or why it is not', () => {
    const unmapped = rows.filter((row) => queryOf({ data, queries }, row) === undefined);
    expect(unmapped.map(({ id, region }) => `${id} in ${region}`)).toEqual([]);
  });

  test('name nothing that is not on the list, and each is used', () => {
    const used = new Set(rows.map((row) => queryOf({ data, queries }, row)));
    for (const query of queries?.queries ?? []) {
      expect(data.prices.map(({ id }) => id)).toEqual(expect.arrayContaining(query.prices));
      const known = [...Object.keys(data.regions), ...regionsOf(data)];
      expect(known).toEqual(expect.arrayContaining(query.regions ?? []));
      expect(used).toContain(query);
    }
  });

  test("ask the list's own provider", () => {
    const [provider = ''] = data.service.split('-');
    const asked = (queries?.queries ?? []).filter((query) => !('none' in query));
    expect(asked.filter((query) => !Object.hasOwn(query, provider))).toEqual([]);
  });
});
