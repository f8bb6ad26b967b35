import { fromDecimal } from '@tricloud/core/parts';
import { describe, expect, test } from 'vitest';
import { inOrder } from './found.ts';
import { areSame, isFarFrom, tiersOf } from './tiers.ts';

const bands = (...all: readonly (readonly [from: string, usd: string])[]) =>
  inOrder(all.map(([from, usd]) => ({ from: fromDecimal(from), usd: fromDecimal(usd) })));

const flat = (usd: string) => [{ upTo: null, usd }];

describe('tiersOf', () => {
  test.each([
    {
      why: 'one price is one tier',
      of: bands(['0', '0.0000002000']),
      each: '1',
      tiers: flat('0.0000002'),
      free: '0',
    },
    {
      why: 'hours become seconds, rounded at twelve decimals',
      of: bands(['0', '0.04048']),
      each: '3600',
      tiers: flat('0.000011244444'),
      free: '0',
    },
    {
      why: 'a GB-second is eight times 128 MB-seconds',
      of: bands(['0', '0.00005001']),
      each: '8',
      tiers: flat('0.00000625125'),
      free: '0',
    },
    {
      why: 'tens of executions become executions, and what is free at first an allowance',
      of: bands(['0', '0'], ['100000', '0.000002']),
      each: '10',
      tiers: flat('0.0000002'),
      free: '1000000',
    },
    {
      why: 'a list counts behind the allowance',
      of: bands(['100', '0.087'], ['10335', '0.083'], ['0', '0']),
      each: '1',
      tiers: [
        { upTo: 10_235, usd: '0.087' },
        { upTo: null, usd: '0.083' },
      ],
      free: '100',
    },
    {
      why: 'neighbours at one price are one tier',
      of: bands(['0', '0.07'], ['10', '0.05'], ['20', '0.05']),
      each: '1',
      tiers: [
        { upTo: 10, usd: '0.07' },
        { upTo: null, usd: '0.05' },
      ],
      free: '0',
    },
  ])('$why', ({ of, each, tiers, free }) => {
    const tiered = tiersOf(of, fromDecimal(each));
    expect(tiered).toMatchObject({ tiers });
    expect('free' in tiered && tiered.free.numerator / tiered.free.denominator).toBe(BigInt(free));
  });

  test('keeps what is free as a tier where the list has it so', () => {
    const tiered = tiersOf(bands(['0', '0'], ['13', '0.8']), fromDecimal('1000000'), {
      isFreeATier: true,
    });
    expect(tiered).toMatchObject({
      tiers: [
        { upTo: 13_000_000, usd: '0' },
        { upTo: null, usd: '0.0000008' },
      ],
    });
  });

  test.each([
    { why: 'given for nothing', of: bands(['0', '0']), each: '1' },
    { why: 'no whole unit', of: bands(['0', '2'], ['0.5', '1']), each: '1' },
    { why: 'too small', of: bands(['0', '0.000000001']), each: '1000000' },
  ])('says that it is $why', ({ why, of, each }) => {
    expect(tiersOf(of, fromDecimal(each)).problem).toContain(why);
  });
});

test.each([
  { a: '0.2', b: '0.0000002', far: true },
  { a: '0.0000002', b: '0.2', far: true },
  { a: '1', b: '10', far: false },
  { a: '1', b: '10.1', far: true },
  { a: '0', b: '0.1', far: true },
])('$a and $b are far apart: $far', ({ a, b, far }) => {
  expect(isFarFrom({ upTo: null, usd: a }, { upTo: null, usd: b })).toBe(far);
});

test('tiers are the same however their decimals are written', () => {
  expect(areSame(flat('0.10'), flat('0.1'))).toBe(true);
  expect(areSame(flat('0.1'), flat('0.11'))).toBe(false);
  expect(
    areSame(flat('0.1'), [
      { upTo: 5, usd: '0.1' },
      { upTo: null, usd: '0.1' },
    ]),
  ).toBe(false);
});
