import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { meterName, unitName } from '@tricloud/core';
import { expect, test } from 'vitest';
import { root } from './tricloud.ts';

interface PriceList {
  readonly prices: readonly {
    readonly id: string;
    readonly meter?: string;
    readonly unit: string;
  }[];
  readonly allowances: readonly { readonly unit: string }[];
}

const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const folder = 'packages/core/src/pricing/lists';
const lists = readdirSync(join(root, folder)).map((name) => read(join(folder, name)) as PriceList);
const names = read('packages/core/src/catalog/meter-names.json') as Record<
  'meters' | 'units',
  Record<string, string>
>;
const sorted = (all: readonly string[]): readonly string[] => [...new Set(all)].toSorted();

test('every meter of every price list has a Vietnamese name, and no other has one', () => {
  const meters = lists.flatMap(({ prices }) => prices.map(({ id, meter }) => meter ?? id));

  expect(Object.keys(names.meters).toSorted()).toEqual(sorted(meters));
});

test('every unit of every price list has a Vietnamese name, and no other has one', () => {
  const units = lists.flatMap(({ prices, allowances }) =>
    [...prices, ...allowances].map(({ unit }) => unit),
  );

  expect(Object.keys(names.units).toSorted()).toEqual(sorted(units));
});

test('a name in English is the id, and an unknown one stays', () => {
  expect([
    meterName('requests', 'en'),
    meterName('requests', 'vi'),
    meterName('unheard of', 'vi'),
    unitName('GB-s', 'en'),
    unitName('GB-s', 'vi'),
    unitName('unheard of', 'vi'),
  ]).toEqual(['requests', 'yêu cầu', 'unheard of', 'GB-s', 'GB-giây', 'unheard of']);
});
