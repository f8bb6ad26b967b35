import type { BillDocument, DocumentLine } from '@tricloud/core';
import type { Restated } from './restated.ts';

/** Which lines are wanted, and what of them. */
export interface NamedLinesOptions {
  /** As the example names them; `null` for every line that is not empty. */
  readonly names: readonly string[] | null;
  readonly of: 'amountUsd' | 'used';
}

/** The lines of a bill under the names that an example uses; a name that it cannot mean is left out. */
export function namedLines(
  bill: BillDocument,
  restated: Restated,
  { names, of }: NamedLinesOptions,
): Record<string, number> {
  const groups = of === 'used' ? { ...restated.lines, ...restated.quantities } : restated.lines;
  const found: Record<string, number> = {};
  for (const name of names ?? [...Object.keys(groups), ...statedNames(restated)]) {
    const value = valueOf(name, bill, { groups, of, restated });
    if (value !== null && (names !== null || value !== 0)) found[name] = value;
  }
  return found;
}

interface Context {
  readonly groups: Restated['lines'];
  readonly of: 'amountUsd' | 'used';
  readonly restated: Restated;
}

function valueOf(
  name: string,
  bill: BillDocument,
  { groups, of, restated }: Context,
): number | null {
  const whole = linesOf(name, bill, groups, restated);
  if (whole !== null) return sum(whole.map((line) => line[of]));
  const [, line = restated.tiersOf ?? '', tier = ''] = /^(?:(.+)_)?tier(\d+)$/.exec(name) ?? [];
  const tiered = linesOf(line, bill, groups, restated);
  if (tier === '' || tiered === null) return null;
  return sum(tiered.map((each) => tierOf(each, Number(tier))));
}

function linesOf(
  name: string,
  bill: BillDocument,
  groups: Restated['lines'],
  restated: Restated,
): readonly DocumentLine[] | null {
  if (statedNames(restated).includes(name)) {
    return bill.lines.filter(({ service, price }) => service === 'stated' && price === name);
  }
  const prices = Object.hasOwn(groups, name) ? groups[name] : undefined;
  if (prices === undefined) return null;
  return bill.lines.filter(({ service, price }) => service !== 'stated' && prices.includes(price));
}

function statedNames({ stated = [] }: Restated): string[] {
  return stated.map(({ line }) => line);
}

/** Bills count the tiers that cost something: what a base charge includes is none of them. */
function tierOf(line: DocumentLine, tier: number): string {
  if ('tiers' in line) {
    return (
      line.tiers.filter(({ unitPriceUsd }) => unitPriceUsd !== '0')[tier - 1]?.amountUsd ?? '0'
    );
  }
  return tier === 1 ? line.amountUsd : '0';
}

/** Adds decimals exactly; only the sum becomes a float. */
function sum(decimals: readonly string[]): number {
  const digits = decimals.map((decimal) => (decimal.split('.')[1] ?? '').length);
  const scale = Math.max(0, ...digits);
  const total = decimals.reduce((so, decimal) => so + scaled(decimal, scale), 0n);
  const text = total.toString().padStart(scale + 1, '0');
  return Number(scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`);
}

function scaled(decimal: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}
