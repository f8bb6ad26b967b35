import { billedServices } from '@tricloud/core';
import { describe, expect, test } from 'vitest';
import { queryOf } from './refresh.ts';
import { queriesDir, sheetsDir } from './run.ts';
import { readSheets } from './sheets.ts';

const sheets = await readSheets(sheetsDir, queriesDir);

test('every sheet that lies there is that of a service, and the other way round', () => {
  const ofServices = new Set(billedServices.map(({ sheet }) => sheet.service));
  expect(new Set(sheets.map(({ data }) => data.service))).toEqual(ofServices);
});

describe.each(sheets)('the queries of $data.service', ({ data, rows, queries }) => {
  test('say of every price how it is found, or why it is not', () => {
    const unmapped = rows.filter((row) => queryOf(queries, row) === undefined);
    expect(unmapped.map(({ id, area }) => `${id} in ${area}`)).toEqual([]);
  });

  test('name nothing that is not on the sheet, and each is used', () => {
    const used = new Set(rows.map((row) => queryOf(queries, row)));
    for (const query of queries?.queries ?? []) {
      expect(data.prices.map(({ id }) => id)).toEqual(expect.arrayContaining(query.prices));
      expect(rows.map(({ area }) => area)).toEqual(expect.arrayContaining(query.areas ?? []));
      expect(used).toContain(query);
    }
    const unlisted = Object.keys(queries?.unlisted ?? {});
    expect(Object.keys(data.regions)).toEqual(expect.arrayContaining(unlisted));
  });

  test("ask the sheet's own provider", () => {
    const [provider = ''] = data.service.split('-');
    const asked = (queries?.queries ?? []).filter((query) => !('none' in query));
    expect(asked.filter((query) => !Object.hasOwn(query, provider))).toEqual([]);
  });
});
