import type { Lang } from '@tricloud/core';

/** A decimal rounded half up to cents, in the format of a language: `1234.565` is `1,234.57` or `1.234,57`. */
export function toCents(amountUsd: string, lang: Lang = 'en'): string {
  const text = cents[lang].format(exact(amountUsd));
  return /[1-9]/.test(text) ? text : text.replace('-', '');
}

/** An amount to the cent; `<0.01` below half a cent. */
export function cost(amountUsd: string, lang: Lang = 'en'): string {
  const rounded = toCents(amountUsd, lang);
  return /[1-9]/.test(amountUsd) && !/[1-9]/.test(rounded) ? `<${toCents('0.01', lang)}` : rounded;
}

/** An amount to the cent; three digits from a billion: `2.73`, `6.39 trillion`. */
export function briefCost(amountUsd: string, lang: Lang = 'en'): string {
  const value = Number(amountUsd);
  return value < 1e9 ? cost(amountUsd, lang) : roughly(value, lang);
}

/** A count; three digits from a billion. */
export function briefCount(count: number, lang: Lang = 'en'): string {
  return count < 1e9 ? number(count, lang) : roughly(count, lang);
}

/**
 * The price of one unit: exact from a cent, four significant digits below it; below a hundredth of a cent, the price of a
 * million units.
 */
export function unitPrice(usd: string, lang: Lang = 'en'): string {
  const value = Number(usd);
  if (value === 0 || value >= 0.01) return number(usd, lang);
  if (value >= 0.0001) return fourDigits[lang].format(exact(usd));
  return `${perMillion(usd, lang)}/${lang === 'vi' ? '1 triệu' : '1M'}`;
}

/** The price of a million units: exact from a cent, four significant digits below it. */
function perMillion(usd: string, lang: Lang = 'en'): string {
  // An exponent keeps the decimal exact, which a multiplication would not.
  const ofAMillion = exact(`${usd}e6`);
  return (Number(usd) >= 1e-8 ? atLeastCents : fourDigits)[lang].format(ofAMillion);
}

/** The price of a million units, to the cent. */
export function costOfAMillion(usd: string, lang: Lang = 'en'): string {
  return toCents(`${usd}e6`, lang);
}

/** The exact sum of decimals of at most twelve places, such as the amounts of a bill. */
export function sumOf(decimals: readonly string[]): string {
  const sum = decimals.reduce((total, decimal) => {
    const [whole = '0', fraction = ''] = decimal.split('.');
    return total + BigInt(whole + fraction.padEnd(12, '0'));
  }, 0n);
  const digits = sum.toString().padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`.replace(/\.?0+$/, '');
}

/** A number with all its digits: `1234.5678` is `1,234.5678` or `1.234,5678`. */
export function number(value: string | number | bigint, lang: Lang = 'en'): string {
  return plain[lang].format(typeof value === 'string' ? exact(value) : value);
}

/** A large number in three digits: `164,000`, `16.4 million`, `16,4 triệu`. */
export function roughly(value: number, lang: Lang = 'en'): string {
  const rounded = Number(value.toPrecision(3));
  return value < 1000 || rounded < 1_000_000
    ? number(value < 1000 ? value : rounded, lang)
    : inWords[lang].format(value);
}

/** A share as a percentage with one decimal. */
export function percent(share: number, lang: Lang = 'en'): string {
  return percentages[lang].format(share);
}

/** A decimal as a quantity: two decimals from 1,000, six digits below. */
export function amount(decimal: string, lang: Lang = 'en'): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  if (whole.length > 3) return twoPlaces[lang].format(exact(decimal));
  if (whole !== '0') return sixPlaces[lang].format(exact(decimal));
  const zeros = /^0*/.exec(fraction)?.[0].length ?? 0;
  return number(`0.${fraction.slice(0, zeros + 6) || '0'}`, lang);
}

/** Milliseconds in about three digits: `0.41 ms`, `12.3 ms`, `1,240 ms`. */
export function milliseconds(ms: number): string {
  const digits = ms < 1 ? 2 : ms < 100 ? 1 : 0;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${ms.toLocaleString('en', options)} ms`;
}

/** A duration: `0.4 s`, `12.3 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A size in bytes, kB or MB (powers of ten). */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1_000_000
    ? `${(size / 1000).toFixed(1)} kB`
    : `${(size / 1_000_000).toFixed(1)} MB`;
}

type Formats = Readonly<Record<Lang, Intl.NumberFormat>>;

function formats(options: Intl.NumberFormatOptions): Formats {
  return { en: new Intl.NumberFormat('en', options), vi: new Intl.NumberFormat('vi', options) };
}

const plain = formats({ maximumFractionDigits: 20 });
const atLeastCents = formats({ minimumFractionDigits: 2, maximumFractionDigits: 20 });
const cents = formats({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const twoPlaces = formats({ maximumFractionDigits: 2 });
const sixPlaces = formats({ maximumFractionDigits: 6 });
const fourDigits = formats({ maximumSignificantDigits: 4 });
const inWords = formats({
  notation: 'compact',
  compactDisplay: 'long',
  maximumSignificantDigits: 3,
});
const percentages = formats({
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** A decimal that Intl formats exactly; a double would be rounded. */
function exact(decimal: string): `${number}` {
  if (isDecimal(decimal)) return decimal;
  throw new RangeError(`${JSON.stringify(decimal)} is no decimal`);
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?(e\d+)?$/.test(text);
}
