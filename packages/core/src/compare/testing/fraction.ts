/** An exact number of zero or more. For tests only. */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** A fraction. */
export function over(top: bigint, bottom = 1n): Fraction {
  return { top, bottom };
}

/** A number as it is written. */
export function written(value: number | string): Fraction {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const places = BigInt(fraction.length) - BigInt(exponent);
  const all = BigInt(whole + fraction);
  return places < 0n ? over(all * 10n ** -places) : over(all, 10n ** places);
}

/** The sum of all. */
export function sum(...all: readonly Fraction[]): Fraction {
  return all.reduce(
    (a, b) => over(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom),
    over(0n),
  );
}

/** The product of all. */
export function times(...all: readonly (Fraction | bigint)[]): Fraction {
  return all.reduce<Fraction>((a, each) => {
    const b = typeof each === 'bigint' ? over(each) : each;
    return over(a.top * b.top, a.bottom * b.bottom);
  }, over(1n));
}

/** The first by the second. */
export function divided(a: Fraction, b: Fraction): Fraction {
  return over(a.top * b.bottom, a.bottom * b.top);
}

/** The difference, but not below nothing. */
export function less(a: Fraction, b: Fraction): Fraction {
  const top = a.top * b.bottom - b.top * a.bottom;
  return over(top > 0n ? top : 0n, a.bottom * b.bottom);
}

/** Whether the first is less than the second. */
export function isLess(a: Fraction, b: Fraction): boolean {
  return a.top * b.bottom < b.top * a.bottom;
}

/** The lesser of two. */
export function least(a: Fraction, b: Fraction): Fraction {
  return isLess(b, a) ? b : a;
}

/** The whole number at or above. */
export function ceiling({ top, bottom }: Fraction): bigint {
  return (top + bottom - 1n) / bottom;
}

/** The whole number at or below. */
export function floor({ top, bottom }: Fraction): bigint {
  return top / bottom;
}

/** The nearest number. */
export function nearest({ top, bottom }: Fraction): number {
  const digits = Math.max(0, Math.min(String(top).length, String(bottom).length) - 20);
  const shift = 10n ** BigInt(digits);
  return Number(top / shift) / Number(bottom / shift);
}
