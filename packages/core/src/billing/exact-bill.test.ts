import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { billUsage } from './bill-usage.ts';
import { parseUsage } from './parse-usage.ts';
import { isLess, multiply, over, sum, without, type Fraction } from './testing/fraction.ts';
import { pages, type Page, type Range, type Rate } from './testing/pages.ts';
import { priceLists } from '../price-lists.ts';

/** A value with at most three decimals, so that its fraction is known. */
function anyValue(range: Range): fc.Arbitrary<number | string> {
  if ('word' in range) return fc.constant(range.word);
  if ('among' in range) return fc.constantFrom(...range.among);
  if ('whole' in range) {
    const { from = 0, whole } = range;
    return fc.oneof(
      fc.integer({ min: from, max: whole }),
      fc.integer({ min: from, max: Math.min(whole, from + 2000) }),
    );
  }
  const thousandths = range.thousandths * 1000;
  return fc
    .oneof(fc.integer({ min: 0, max: thousandths }), fc.integer({ min: 0, max: 200_000 }))
    .map((value) => Math.min(value, thousandths) / 1000);
}

const fractionOf = (value: number): Fraction => over(Math.round(value * 1000), 1000);

function anyUsage({ usage }: Page): fc.Arbitrary<Record<string, number | string>> {
  return fc.record(
    Object.fromEntries(Object.entries(usage).map(([name, range]) => [name, anyValue(range)])),
  );
}

function priced(used: Fraction, { free, freeIsInSteps = false, steps }: Rate, isFree: boolean) {
  const off = over(isFree ? free : 0n);
  if (!freeIsInSteps) return through(steps, without(used, off));
  return without(through(steps, used), through(steps, isLess(used, off) ? used : off));
}

function through(steps: Rate['steps'], used: Fraction): Fraction {
  let rest = used;
  let cost = over(0);
  for (const [size, usd] of steps) {
    const here = size === null || isLess(rest, over(size)) ? rest : over(size);
    cost = sum(cost, multiply(here, usd));
    rest = without(rest, here);
  }
  return cost;
}

/** What a month of these uses costs, in dollars. */
function exactTotal(
  { use, rates }: Page,
  usages: readonly Readonly<Record<string, number | string>>[],
  isFree: boolean,
): Fraction {
  const meters = usages.map((usage) =>
    use(
      Object.fromEntries(
        Object.entries(usage).map(([name, value]) => [
          name,
          typeof value === 'number' ? fractionOf(value) : over(0),
        ]),
      ),
    ),
  );
  return Object.entries(rates)
    .map(([meter, rate]) =>
      priced(meters.map((each) => each[meter] ?? over(0)).reduce(sum, over(0)), rate, isFree),
    )
    .reduce(sum, over(0));
}

/** Each tier of each line is rounded half up to a picodollar. */
const nearly = over(20, 10n ** 12n);

describe.each(pages.map((page) => ({ name: `${page.service} ${page.plan}`, page })))(
  'a bill of $name',
  ({ page }) => {
    test('is what the page says, to the picodollar', () => {
      fc.assert(
        fc.property(
          fc.array(anyUsage(page), { minLength: 1, maxLength: 4 }),
          fc.boolean(),
          (usages, freeTier) => {
            const { service, plan, region } = page;
            const items = usages.map((usage) => ({ service, plan, region, usage }));
            const { totalUsd } = billUsage(parseUsage({ freeTier, items }, priceLists), {
              asOf: '2026-11-22',
            });
            const [whole = '', fraction = ''] = totalUsd.split('.');
            const billed = over(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
            const exact = exactTotal(page, usages, freeTier);
            expect(isLess(billed, sum(exact, nearly))).toBe(true);
            expect(isLess(exact, sum(billed, nearly))).toBe(true);
          },
        ),
        { numRuns: 200 },
      );
    });
  },
);

test('the pages are of twelve services and more', () => {
  expect(new Set(pages.map(({ service }) => service)).size).toBeGreaterThanOrEqual(12);
});
