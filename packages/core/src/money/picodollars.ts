/** A sum of money in units of 1e-12 US dollars, so that every published unit price is a whole number. */
export type Picodollars = bigint;

const FRACTION_DIGITS = 12;
const USD = /^(\d+)(?:\.(\d{1,12}))?$/;

/** Reads a plain decimal of US dollars with at most twelve decimals, such as `0.0000166667`; throws `RangeError` on anything else. */
export function fromUsd(decimal: string): Picodollars {
  const [, whole, fraction = ''] = USD.exec(decimal) ?? [];
  if (whole === undefined) {
    throw new RangeError(`${JSON.stringify(decimal)} is not US dollars with up to 12 decimals`);
  }
  return BigInt(whole + fraction.padEnd(FRACTION_DIGITS, '0'));
}

/** Writes a sum of zero or more as a decimal of US dollars, exactly: all twelve decimals that count, without trailing zeros. */
export function toUsd(amount: Picodollars): string {
  return fixedToDecimal(amount, FRACTION_DIGITS);
}

/** Divides a numerator of zero or more; half a unit and more is rounded up. The one rounding that money sees. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  return denominator === 1n ? numerator : (numerator + denominator / 2n) / denominator;
}

/** Writes a whole number of `10 ** -fractionDigits` as a decimal without trailing zeros. */
export function fixedToDecimal(value: bigint, fractionDigits: number): string {
  if (value === 0n) return '0';
  const written = value.toString();
  const digits =
    written.length > fractionDigits ? written : written.padStart(fractionDigits + 1, '0');
  const point = digits.length - fractionDigits;
  let end = digits.length;
  while (end > point && digits.charCodeAt(end - 1) === 48) end -= 1;
  const whole = digits.slice(0, point);
  return end === point ? whole : `${whole}.${digits.slice(point, end)}`;
}
