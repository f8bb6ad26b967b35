import { divideHalfUp, fixedToDecimal } from '../money/picodollars.ts';

/** An exact amount of something metered, zero or more, as a fraction of the meter's unit; not necessarily in lowest terms. */
export interface Quantity {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const PRINTED_DIGITS = 12;
const PRINTED_UNIT = 10n ** 12n;
const DECIMAL = /^(\d+)(?:\.(\d+))?$/;

export const zero: Quantity = { numerator: 0n, denominator: 1n };

/** The quantity `numerator / denominator`. */
export function quantity(numerator: bigint, denominator = 1n): Quantity {
  return { numerator, denominator };
}

/** Reads a plain decimal exactly, such as `0.333`. */
export function fromDecimal(decimal: string): Quantity {
  const [, whole, fraction = ''] = DECIMAL.exec(decimal) ?? [];
  if (whole === undefined) throw new RangeError(`${JSON.stringify(decimal)} is not a decimal`);
  return quantity(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

/** Writes a quantity as a decimal without trailing zeros; what twelve decimals cannot hold (a third) is rounded half up there. */
export function toDecimal({ numerator, denominator }: Quantity): string {
  if (numerator === 0n) return '0';
  if (denominator === 1n) return numerator.toString();
  const whole = numerator / denominator;
  if (whole * denominator === numerator) return whole.toString();
  return fixedToDecimal(divideHalfUp(numerator * PRINTED_UNIT, denominator), PRINTED_DIGITS);
}

/** So many times a quantity. */
export function times({ numerator, denominator }: Quantity, count: bigint): Quantity {
  return { numerator: numerator * count, denominator };
}

/** Whether the first is the larger. */
export function isMore(a: Quantity, b: Quantity): boolean {
  return a.numerator * b.denominator > b.numerator * a.denominator;
}

/** The first less the second, which is not the larger. */
export function minus(a: Quantity, b: Quantity): Quantity {
  if (b.numerator === 0n) return a;
  if (a.denominator === b.denominator) {
    return { numerator: a.numerator - b.numerator, denominator: a.denominator };
  }
  return {
    numerator: a.numerator * b.denominator - b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

/** The sum of two quantities, in the smaller of the denominators that hold it. */
export function plus(a: Quantity, b: Quantity): Quantity {
  if (a.denominator === b.denominator) {
    return { numerator: a.numerator + b.numerator, denominator: a.denominator };
  }
  if (a.numerator === 0n) return b;
  if (b.numerator === 0n) return a;
  const shared = greatestDivisor(a.denominator, b.denominator);
  const [ofA, ofB] = [b.denominator / shared, a.denominator / shared];
  return { numerator: a.numerator * ofA + b.numerator * ofB, denominator: a.denominator * ofA };
}

/** The product of two quantities. */
export function product(a: Quantity, b: Quantity): Quantity {
  return reduced(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** The first divided by the second, which is not zero. */
export function ratio(a: Quantity, b: Quantity): Quantity {
  return reduced(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Rounds up to a whole number of units. */
export function roundUp({ numerator, denominator }: Quantity): bigint {
  return (numerator + denominator - 1n) / denominator;
}

/** Reads a number of zero or more as the decimal that it is written as: `72.8` is 728/10, whatever a float makes of it. */
export function exactly(value: number): Quantity {
  if (Number.isSafeInteger(value)) return quantity(BigInt(value));
  const [, digits = '', exponent = '0'] = WRITTEN.exec(String(value)) ?? [];
  const { numerator, denominator } = fromDecimal(digits);
  const power = Number(exponent);
  const factor = 10n ** BigInt(Math.abs(power));
  return power < 0
    ? quantity(numerator, denominator * factor)
    : quantity(numerator * factor, denominator);
}

const WRITTEN = /^(\d+(?:\.\d+)?)(?:e([+-]\d+))?$/;

function reduced(numerator: bigint, denominator: bigint): Quantity {
  if (denominator === 1n) return { numerator, denominator };
  const shared = greatestDivisor(numerator, denominator);
  return { numerator: numerator / shared, denominator: denominator / shared };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [more, less] = [a, b];
  while (less !== 0n) [more, less] = [less, more % less];
  return more;
}

/** The nearest number, also where numerator and denominator are too large for one. */
export function toNumber({ numerator, denominator }: Quantity): number {
  const [top, bottom] = [Number(numerator), Number(denominator)];
  if (top < Infinity && bottom < Infinity) return top / bottom;
  const digits = Math.min(String(numerator).length, String(denominator).length) - 20;
  if (digits > 0) {
    const shift = 10n ** BigInt(digits);
    return toNumber({ numerator: numerator / shift, denominator: denominator / shift });
  }
  return bottom < Infinity ? Infinity : 0;
}
