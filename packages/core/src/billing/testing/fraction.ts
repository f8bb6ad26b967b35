/** An exact number, for what tests reckon a second time. */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** The first divided by the second. */
export function over(top: bigint | number, bottom: bigint | number = 1n): Fraction {
  return { top: BigInt(top), bottom: BigInt(bottom) };
}

/** Both together. */
export function sum(a: Fraction, b: Fraction): Fraction {
  return over(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
}

/** The product of all. */
export function multiply(...factors: readonly Fraction[]): Fraction {
  return factors.reduce((a, b) => over(a.top * b.top, a.bottom * b.bottom));
}

/** Whether the first is the smaller. */
export function isLess(a: Fraction, b: Fraction): boolean {
  return a.top * b.bottom < b.top * a.bottom;
}

/** What is left of the first, which is never less than nothing. */
export function without(a: Fraction, b: Fraction): Fraction {
  return isLess(a, b) ? over(0) : over(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom);
}

/** Up to the next whole step, and one step at least. */
export function up(value: Fraction, step: bigint): Fraction {
  const steps = (value.top + value.bottom * step - 1n) / (value.bottom * step);
  return over((steps < 1n ? 1n : steps) * step);
}
