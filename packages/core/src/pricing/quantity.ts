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
