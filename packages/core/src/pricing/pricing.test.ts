import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flat } from './flat.ts';
import { takeAllowance } from './free-allowance.ts';
import { graduated, type Tier } from './graduated.ts';
import { fromDecimal, isMore, minus, quantity, times, toDecimal, zero } from './quantity.ts';
import { atLeast, roundUpToStep } from './rounding-step.ts';

const anyQuantity = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.bigInt({ min: 1n, max: 10n ** 7n }))
  .map(([numerator, denominator]) => quantity(numerator, denominator));

const anyTiers: fc.Arbitrary<readonly Tier[]> = fc
  .tuple(
    fc.uniqueArray(fc.bigInt({ min: 1n, max: 10n ** 12n }), { maxLength: 4 }),
    fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 5, maxLength: 5 }),
  )
  .map(([ends, prices]) => {
    const rising = ends.sort((a, b) => (a < b ? -1 : 1));
    return [...rising, null].map((upTo, index) => ({ upTo, unitPrice: prices[index] ?? 0n }));
  });

function amountOf(billed: ReturnType<typeof quantity>, tiers: readonly Tier[]): bigint {
  return graduated(billed, tiers).reduce((sum, { amount }) => sum + amount, 0n);
}

describe('quantity', () => {
  test.each([
    { of: quantity(540_000n), text: '540000' },
    { of: quantity(4n, 2n), text: '2' },
    { of: quantity(1n, 8n), text: '0.125' },
    { of: quantity(1n, 3n), text: '0.333333333333' },
    { of: quantity(2n, 3n), text: '0.666666666667' },
    { of: quantity(10n, 1_024_000n), text: '0.000009765625' },
    { of: zero, text: '0' },
  ])('is printed as $text', ({ of, text }) => {
    expect(toDecimal(of)).toBe(text);
  });

  test('is read exactly', () => {
    expect(fromDecimal('0.333')).toEqual(quantity(333n, 1000n));
    expect(fromDecimal('180000')).toEqual(quantity(180_000n));
    expect(() => fromDecimal('1e3')).toThrow(RangeError);
  });

  test('less a part and the part are the whole', () => {
    fc.assert(
      fc.property(anyQuantity, anyQuantity, (a, b) => {
        const [more, less] = isMore(a, b) ? [a, b] : [b, a];
        const rest = minus(more, less);
        const sum = rest.numerator * less.denominator + less.numerator * rest.denominator;
        expect(sum * more.denominator).toBe(more.numerator * rest.denominator * less.denominator);
      }),
    );
  });

  test('times a count is that many of it', () => {
    expect(times(quantity(2n, 3n), 6n)).toEqual(quantity(12n, 3n));
  });
});

describe('a free allowance', () => {
  test.each([
    { used: 5n, allowance: 0n, free: 0n, billed: 5n, why: 'there is none' },
    { used: 5n, allowance: 5n, free: 5n, billed: 0n, why: 'it is used up exactly' },
    { used: 4n, allowance: 5n, free: 4n, billed: 0n, why: 'what is not used is not carried over' },
    { used: 7n, allowance: 5n, free: 5n, billed: 2n, why: 'the rest is billed' },
  ])('of $allowance against $used: $why', ({ used, allowance, free, billed }) => {
    expect(takeAllowance(quantity(used), quantity(allowance))).toEqual({
      free: quantity(free),
      billed: quantity(billed),
    });
  });
});

describe('graduated tiers', () => {
  const tiers = [
    { upTo: 10n, unitPrice: 5n },
    { upTo: 30n, unitPrice: 3n },
    { upTo: null, unitPrice: 1n },
  ];

  test.each([
    { billed: quantity(0n), amounts: [0n, 0n, 0n], why: 'nothing costs nothing' },
    { billed: quantity(10n), amounts: [50n, 0n, 0n], why: 'the end of a tier belongs to it' },
    {
      billed: quantity(21n, 2n),
      amounts: [50n, 2n, 0n],
      why: 'half a unit at 3 is rounded half up',
    },
    { billed: quantity(30n), amounts: [50n, 60n, 0n], why: 'two tiers are full' },
    { billed: quantity(100n), amounts: [50n, 60n, 70n], why: 'the last tier has no end' },
  ])('$why', ({ billed, amounts }) => {
    expect(graduated(billed, tiers).map(({ amount }) => amount)).toEqual(amounts);
  });

  test.each([
    { before: quantity(4n), amounts: [30n, 60n, 10n], why: 'what comes before it fills a tier' },
    { before: quantity(10n), amounts: [0n, 60n, 16n], why: 'or all of it' },
    { before: quantity(41n, 2n), amounts: [0n, 29n, 27n], why: 'or a part of the next' },
    { before: quantity(99n), amounts: [0n, 0n, 36n], why: 'or every tier but the last' },
  ])('$why', ({ before, amounts }) => {
    const slices = graduated(quantity(36n), tiers, before);
    expect(slices.map(({ amount }) => amount)).toEqual(amounts);
  });

  test('the slices are together what is billed', () => {
    fc.assert(
      fc.property(anyQuantity, anyTiers, anyQuantity, (billed, some, before) => {
        const sum = graduated(billed, some, before).reduce(
          (total, slice) =>
            quantity(
              total.numerator * slice.billed.denominator +
                slice.billed.numerator * total.denominator,
              total.denominator * slice.billed.denominator,
            ),
          zero,
        );
        expect(sum.numerator * billed.denominator).toBe(billed.numerator * sum.denominator);
      }),
    );
  });

  test('more never costs less', () => {
    fc.assert(
      fc.property(anyQuantity, anyQuantity, anyTiers, (a, b, some) => {
        const [more, less] = isMore(a, b) ? [a, b] : [b, a];
        expect(amountOf(more, some)).toBeGreaterThanOrEqual(amountOf(less, some));
      }),
    );
  });

  test('one tier without end is a flat price', () => {
    fc.assert(
      fc.property(anyQuantity, fc.bigInt({ min: 0n, max: 10n ** 12n }), (billed, unitPrice) => {
        expect(amountOf(billed, [{ upTo: null, unitPrice }])).toBe(flat(billed, unitPrice));
      }),
    );
  });
});

describe('a rounding step', () => {
  test.each([
    { value: 240, step: 100, rounded: 300 },
    { value: 300, step: 100, rounded: 300 },
    { value: 300.000001, step: 100, rounded: 400 },
    { value: 0.2, step: 1, rounded: 1 },
    { value: 490, step: 128, rounded: 512 },
    { value: 86_400_000, step: 100, rounded: 86_400_000 },
  ])('takes $value to $rounded in steps of $step', ({ value, step, rounded }) => {
    expect(roundUpToStep(value, step)).toBe(rounded);
  });

  test('never falls short, nor goes a whole step too far', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1e8, noNaN: true }),
        fc.constantFrom(1, 64, 100, 128),
        (value, step) => {
          const rounded = roundUpToStep(value, step);
          expect(rounded % step).toBe(0);
          expect(rounded).toBeGreaterThanOrEqual(value);
          expect(rounded - step).toBeLessThan(value);
        },
      ),
    );
  });

  test('a minimum holds below it only', () => {
    expect([atLeast(100, 1), atLeast(100, 100), atLeast(100, 101)]).toEqual([100, 100, 101]);
  });
});
