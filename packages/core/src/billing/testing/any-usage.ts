import * as fc from 'fast-check';
import * as v from 'valibot';
import { InvalidInputError } from '../../invalid-input.ts';
import { isFields } from '../../parse-input.ts';
import { parseUsage } from '../parse-usage.ts';
import { listOf, type BilledService } from '../service.ts';
import { priceLists } from '../../price-lists.ts';

/** An item of a usage document as somebody may write it, in a region that has prices for it. For tests only. */
export function anyItem(service: BilledService): fc.Arbitrary<Record<string, unknown>> {
  const plans = Object.entries(service.plans).map(([plan, { usage }]) =>
    fc
      .record({
        region: anyRegion(listOf(service, priceLists).regions),
        usage: anyOf(usage),
      })
      .filter((item) => v.is(usage, item.usage))
      .map((item) => ({ service: service.id, plan, ...item }))
      .filter(isPriced),
  );
  return fc.oneof(...plans);
}

/** Any region, the first one more often: some prices are known in few regions. */
function anyRegion(regions: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom(...regions), fc.constantFrom(...regions.slice(0, 1)));
}

/** A size that a region has no price for is refused, and no test of bills. For tests only. */
export function isPriced(item: Readonly<Record<string, unknown>>): boolean {
  try {
    parseUsage({ items: [item] }, priceLists);
    return true;
  } catch (error) {
    if (error instanceof InvalidInputError) return false;
    throw error;
  }
}

/** What a schema of objects, arrays and plain values takes; ends of ranges and small numbers more often. For tests only. */
export function anyOf(schema: unknown): fc.Arbitrary<unknown> {
  if (!isFields(schema)) throw new Error('not a schema');
  const { type } = schema;
  if (type === 'strict_object' && isFields(schema['entries'])) return anyFields(schema['entries']);
  if (type === 'array') return fc.array(anyOf(schema['item']), { minLength: 1, maxLength: 3 });
  if (type === 'optional') return anyOf(schema['wrapped']);
  if (type === 'nullable') return fc.option(anyOf(schema['wrapped']));
  if (type === 'boolean') return fc.boolean();
  if (type === 'picklist' && Array.isArray(schema['options'])) {
    return fc.constantFrom<unknown>(...schema['options']);
  }
  if (type === 'number') return anyNumber(Array.isArray(schema['pipe']) ? schema['pipe'] : []);
  throw new Error(`there are no examples of ${String(type)}`);
}

/** Every fourth has nothing but what it must have: a price may be known where none of the rest is. */
function anyFields(entries: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  const needed = Object.entries(entries).filter(
    ([, entry]) => isFields(entry) && entry['type'] !== 'optional',
  );
  const whole = fc.record(arbitrariesOf(Object.entries(entries)), {
    requiredKeys: needed.map(([key]) => key),
  });
  return fc.oneof(
    { weight: 3, arbitrary: whole },
    { weight: 1, arbitrary: fc.record(arbitrariesOf(needed)) },
  );
}

function arbitrariesOf(entries: readonly (readonly [string, unknown])[]) {
  return Object.fromEntries(entries.map(([key, entry]) => [key, anyOf(entry)]));
}

/** Numbers that are written with an exponent, or are not what a float makes of them. */
const extremes = [0, Number.MIN_VALUE, 1e-9, 1e-7, 0.1 + 0.2, 1 / 3, 512, 999_999_999_999.9999];

function anyNumber(pipe: readonly unknown[]): fc.Arbitrary<number> {
  const of = (name: string): number | undefined => {
    const action = pipe.find((each) => isFields(each) && each['type'] === name);
    return isFields(action) ? Number(action['requirement']) : undefined;
  };
  const min = of('min_value') ?? of('gt_value') ?? 0;
  const max = of('max_value') ?? 1e12;
  const above = of('gt_value') ?? -1;
  const isWhole = pipe.some((each) => isFields(each) && each['type'] === 'integer');
  const floor = Math.max(Math.ceil(min), of('gt_value') === undefined ? -Infinity : min + 1);
  const whole = (to: number) => fc.integer({ min: floor, max: Math.max(floor, Math.floor(to)) });
  const usual = [whole(max), whole(Math.min(max, floor + 10_000)), fc.constantFrom(floor, max)];
  if (isWhole) return fc.oneof(...usual);
  const thousandths = fc.integer({
    min: Math.floor(min * 1000) + 1,
    max: Math.floor(Math.min(max, min + 1000) * 1000),
  });
  return fc.oneof(
    ...usual.map((arbitrary) => arbitrary.map((value) => Math.min(value, max))),
    thousandths.map((value) => value / 1000),
    fc.double({ min: min + (max - min) / 1e9, max, noNaN: true }),
    fc.constantFrom(
      max,
      ...extremes.filter((value) => value >= min && value > above && value <= max),
    ),
  );
}
