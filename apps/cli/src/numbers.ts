/** A decimal string rounded half up to cents, thousands apart: `1234.565` is `1,234.57`. */
export function toCents(amountUsd: string): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amountUsd) ?? [];
  const digits = BigInt(whole + fraction.padEnd(3, '0').slice(0, 3));
  const cents = (digits + 5n) / 10n;
  const text = cents.toString().padStart(3, '0');
  const rounded = `${grouped(text.slice(0, -2))}.${text.slice(-2)}`;
  return cents === 0n ? rounded : sign + rounded;
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

/** A whole number with its thousands apart: `1234567` is `1,234,567`. */
export function grouped(digits: string | number | bigint): string {
  return String(digits).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A duration in three digits or so: `0.41 ms`, `12.3 ms`, `1,240 ms`. */
export function milliseconds(ms: number): string {
  const digits = ms < 1 ? 2 : ms < 100 ? 1 : 0;
  const [whole = '0', fraction] = ms.toFixed(digits).split('.');
  return `${grouped(whole)}${fraction === undefined ? '' : `.${fraction}`} ms`;
}

/** How long a person waited: `0.4 s`, `12.3 s`, `3 min 20 s`. */
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

/** A decimal with the thousands of its whole part apart; two places say enough of thousands, six digits of the rest. */
export function amount(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  if (fraction === '') return grouped(whole);
  if (whole.length > 3) return toCents(decimal).replace(/\.?0+$/, '');
  const [digits = ''] = (whole === '0' ? /^0*\d{1,6}/ : /^\d{1,6}/).exec(fraction) ?? [];
  return `${whole}.${digits}`.replace(/\.?0+$/, '');
}
