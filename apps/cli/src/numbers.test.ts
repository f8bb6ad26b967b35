import { assert, bigInt, property } from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, grouped, milliseconds, sumOf, toCents } from './numbers.ts';

test.each([
  { amount: '0', cents: '0.00', why: 'nothing is nothing' },
  { amount: '2.735', cents: '2.74', why: 'half a cent goes up' },
  { amount: '2.734999999999', cents: '2.73', why: 'less than half goes down' },
  { amount: '999.995', cents: '1,000.00', why: 'a carry makes a new thousand' },
  { amount: '1234567.8', cents: '1,234,567.80', why: 'thousands stand apart' },
  { amount: '90071992547409.935', cents: '90,071,992,547,409.94', why: 'no double would say so' },
  { amount: '0.000000213', cents: '0.00', why: 'it is less than half a cent' },
])('$amount USD is told as $cents: $why', ({ amount, cents }) => {
  expect(toCents(amount)).toBe(cents);
});

test('an amount of whole cents stays what it is', () => {
  assert(
    property(bigInt({ min: 0n, max: 10n ** 20n }), (cents) => {
      const text = cents.toString().padStart(3, '0');
      const amount = `${text.slice(0, -2)}.${text.slice(-2)}`;

      expect(toCents(amount).replaceAll(',', '')).toBe(amount);
    }),
  );
});

test.each([
  [0.412, '0.41 ms'],
  [12.34, '12.3 ms'],
  [1240.4, '1,240 ms'],
])('%d ms is told as %s', (ms, told) => {
  expect(milliseconds(ms)).toBe(told);
});

test.each([
  [999, '999 B'],
  [1234, '1.2 kB'],
  [6_291_456, '6.3 MB'],
])('%d bytes are told as %s', (size, told) => {
  expect(bytes(size)).toBe(told);
});

test('groups the digits of numbers of any size', () => {
  expect([grouped(0), grouped(999), grouped(1000), grouped('1234567')]).toEqual([
    '0',
    '999',
    '1,000',
    '1,234,567',
  ]);
});

test.each([
  { decimals: [], sum: '0', why: 'nothing comes to nothing' },
  { decimals: ['0.1', '0.2'], sum: '0.3', why: 'no double would say so' },
  { decimals: ['9.999999999999', '0.000000000001'], sum: '10', why: 'picodollars carry' },
  {
    decimals: ['90071992547409.93', '100'],
    sum: '90071992547509.93',
    why: 'large ones stay exact',
  },
])('$decimals come to $sum: $why', ({ decimals, sum }) => {
  expect(sumOf(decimals)).toBe(sum);
});
