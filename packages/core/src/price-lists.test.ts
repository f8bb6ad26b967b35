import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { listOf } from './billing/service.ts';
import { billedServices } from './billing/services.ts';
import { priceLists } from './price-lists.ts';
import { priceRows } from './pricing/price-rows.ts';
import { PriceListSchema } from './pricing/price-list-schema.ts';

const lists = [...new Set(billedServices.map((service) => listOf(service, priceLists)))];

describe.each(lists.map(({ data, service }) => ({ data, service })))(
  'list $service',
  ({ data }) => {
    test('is written in the form of a list', () => {
      expect(v.parse(PriceListSchema, data)).toEqual(data);
    });

    test('names its service with the provider first', () => {
      expect(data.service).toMatch(/^(aws|google|azure)-[a-z0-9-]+$/);
    });

    test('gives a source for every number, and uses every area and allowance', () => {
      const sources = Object.keys(data.sources);
      for (const row of [...data.prices, ...data.allowances]) expect(sources).toContain(row.source);
      expect(new Set(priceRows(data).map(({ area }) => area))).toEqual(
        new Set(Object.values(data.regions)),
      );
      expect(new Set(data.prices.flatMap(({ allowance }) => allowance ?? []))).toEqual(
        new Set(data.allowances.map(({ id }) => id)),
      );
    });

    test('has each price once in an area, under one name, in the unit of its allowance', () => {
      const rows = priceRows(data).map(({ area, id }) => `${area} ${id}`);
      expect(new Set(rows).size).toBe(rows.length);
      const named = new Set(
        data.prices.map(({ id, meter = id, unit }) => `${id} ${meter} ${unit}`),
      );
      expect(named.size).toBe(new Set(data.prices.map(({ id }) => id)).size);
      for (const { allowance, unit } of data.prices) {
        if (allowance === undefined) continue;
        expect(data.allowances.find(({ id }) => id === allowance)?.unit).toBe(unit);
      }
    });

    test('has tiers that rise and have no end', () => {
      for (const { tiers } of priceRows(data)) {
        const ends = tiers.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
        expect(ends).toEqual([...new Set(ends)].toSorted((a, b) => a - b));
        expect(tiers.at(-1)?.upTo).toBeNull();
      }
    });
  },
);
