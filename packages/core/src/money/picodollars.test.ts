import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divideHalfUp, fromUsd, toUsd } from './picodollars.ts';

describe('picodollars', () => {
  test.each([
    { usd: '0', amount: 0n, why: 'nothing' },
    { usd: '0.000000000001', amount: 1n, why: 'the smallest sum there is' },
    { usd: '0.0000166667', amount: 16_666_700n, why: 'a GB-second of Lambda' },
    { usd: '12', amount: 12_000_000_000_000n, why: 'no decimals' },
    { usd: '9007199254740993.5', amount: 9_007_199_254_740_993_500_000_000_000n, why: 'past 2^53' },
  ])('$usd is read and written exactly: $why', ({ usd, amount }) => {
    expect(fromUsd(usd)).toBe(amount);
    expect(toUsd(amount)).toBe(usd);
  });

  test.each(['', '-1', '+1', '1.', '.5', '1e-7', '0.0000000000001', 'NaN', ' 1', '1,000', '0x10'])(
    'refuses %j rather than guess',
    (text) => {
      expect(() => fromUsd(text)).toThrow(RangeError);
    },
  );

  test('every sum survives being written and read', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (amount) => {
        expect(fromUsd(toUsd(amount))).toBe(amount);
      }),
    );
  });

  test.each([
    { numerator: 4n, denominator: 3n, result: 1n, why: 'less than half goes down' },
    { numerator: 3n, denominator: 2n, result: 2n, why: 'half goes up' },
    { numerator: 5n, denominator: 3n, result: 2n, why: 'more than half goes up' },
    { numerator: 7n, denominator: 1n, result: 7n, why: 'whole stays' },
    { numerator: 0n, denominator: 9n, result: 0n, why: 'nothing stays nothing' },
  ])('$numerator / $denominator is $result: $why', ({ numerator, denominator, result }) => {
    expect(divideHalfUp(numerator, denominator)).toBe(result);
  });
});
