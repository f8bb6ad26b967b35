import { assert, bigInt, property } from 'fast-check';
import { expect, test } from 'vitest';
import {
  amount,
  bytes,
  cost,
  costOfAMillion,
  milliseconds,
  number,
  percent,
  roughly,
  sumOf,
  toCents,
  unitPrice,
} from './numbers.ts';

test.each([
  { usd: '0', cents: '0.00', why: 'nothing is nothing' },
  { usd: '2.735', cents: '2.74', why: 'half a cent goes up' },
  { usd: '2.734999999999', cents: '2.73', why: 'less than half goes down' },
  { usd: '999.995', cents: '1,000.00', why: 'a carry makes a new thousand' },
  { usd: '1234567.8', cents: '1,234,567.80', why: 'thousands stand apart' },
  { usd: '90071992547409.935', cents: '90,071,992,547,409.94', why: 'no double would say so' },
  { usd: '0.000000213', cents: '0.00', why: 'it is less than half a cent' },
])('$usd USD is $cents: $why', ({ usd, cents }) => {
  expect(toCents(usd)).toBe(cents);
});

test('an amount of whole cents stays what it is', () => {
  assert(
    property(bigInt({ min: 0n, max: 10n ** 20n }), (cents) => {
      const text = cents.toString().padStart(3, '0');
      const usd = `${text.slice(0, -2)}.${text.slice(-2)}`;

      expect(toCents(usd).replaceAll(',', '')).toBe(usd);
    }),
  );
});

test.each([
  [0.412, '0.41 ms'],
  [12.34, '12.3 ms'],
  [1240.4, '1,240 ms'],
])('%d ms is printed as %s', (ms, printed) => {
  expect(milliseconds(ms)).toBe(printed);
});

test.each([
  [999, '999 B'],
  [1234, '1.2 kB'],
  [6_291_456, '6.3 MB'],
])('%d bytes are printed as %s', (size, printed) => {
  expect(bytes(size)).toBe(printed);
});

test.each([
  { value: 0, en: '0', vi: '0' },
  { value: 3_000_000, en: '3,000,000', vi: '3.000.000' },
  { value: 1234.5678, en: '1,234.5678', vi: '1.234,5678' },
  { value: '90071992547409.935', en: '90,071,992,547,409.935', vi: '90.071.992.547.409,935' },
])('$value has all its digits as $en and $vi', ({ value, en, vi }) => {
  expect([number(value, 'en'), number(value, 'vi')]).toEqual([en, vi]);
});

test.each([
  { value: 0, en: '0', vi: '0' },
  { value: 999, en: '999', vi: '999' },
  { value: 164_312, en: '164,000', vi: '164.000' },
  { value: 999_499, en: '999,000', vi: '999.000' },
  { value: 999_500, en: '1 million', vi: '1 triệu' },
  { value: 16_412_345, en: '16.4 million', vi: '16,4 triệu' },
  { value: 1_000_000_000_000, en: '1 trillion', vi: '1 nghìn tỷ' },
])('$value is roughly $en or $vi', ({ value, en, vi }) => {
  expect([roughly(value, 'en'), roughly(value, 'vi')]).toEqual([en, vi]);
});

test.each([
  { usd: '0', en: '0', vi: '0', why: 'nothing is nothing' },
  { usd: '0.0416', en: '0.0416', vi: '0,0416', why: 'from a cent on it is exact' },
  { usd: '9.123456', en: '9.123456', vi: '9,123456', why: 'from a cent on it is exact' },
  { usd: '0.00104167', en: '0.001042', vi: '0,001042', why: 'four significant digits' },
  { usd: '0.0000166667', en: '16.6667/1M', vi: '16,6667/1 triệu', why: 'one is unreadable' },
  { usd: '0.000000001234', en: '0.001234/1M', vi: '0,001234/1 triệu', why: 'so is a millionth' },
])('a unit at $usd USD costs $en: $why', ({ usd, en, vi }) => {
  expect([unitPrice(usd, 'en'), unitPrice(usd, 'vi')]).toEqual([en, vi]);
});

test('no price below a cent has more than four significant digits', () => {
  assert(
    property(bigInt({ min: 1n, max: 10n ** 10n }), (picodollars) => {
      const usd = `0.${picodollars.toString().padStart(12, '0')}`;
      const [value = ''] = unitPrice(usd).split('/');
      const digits = value.replace(/^0\.0*/, '').replace('.', '');

      expect(Number(value) >= 0.01 || digits.length <= 4).toBe(true);
    }),
  );
});

test.each([
  { usd: '0', en: '0.00', vi: '0,00' },
  { usd: '0.004', en: '<0.01', vi: '<0,01' },
  { usd: '0.005', en: '0.01', vi: '0,01' },
  { usd: '1234.5', en: '1,234.50', vi: '1.234,50' },
])('$usd USD costs $en or $vi', ({ usd, en, vi }) => {
  expect([cost(usd, 'en'), cost(usd, 'vi')]).toEqual([en, vi]);
});

test.each([
  { decimal: '0.000001234567891', en: '0.00000123456', vi: '0,00000123456' },
  { decimal: '12.345678912', en: '12.345679', vi: '12,345679' },
  { decimal: '128571.428571', en: '128,571.43', vi: '128.571,43' },
  { decimal: '3000000', en: '3,000,000', vi: '3.000.000' },
])('the quantity $decimal is $en or $vi', ({ decimal, en, vi }) => {
  expect([amount(decimal, 'en'), amount(decimal, 'vi')]).toEqual([en, vi]);
});

test.each([
  { usd: '0', million: '0.00' },
  { usd: '0.000000413', million: '0.41' },
  { usd: '0.000002735', million: '2.74' },
])('a million at $usd USD costs $million', ({ usd, million }) => {
  expect(costOfAMillion(usd)).toBe(million);
});

test('a share is a percentage', () => {
  expect([percent(0.0104, 'en'), percent(1, 'vi')]).toEqual(['1.0%', '100,0%']);
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
