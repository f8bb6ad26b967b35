import type { BillDocument, DocumentLine } from '@tricloud/core';
import type { Restated } from './restated.ts';

/** Which lines are wanted, and what of them. */
export interface NamedLinesOptions {
  /** As the example names them; `null` for every line that is not empty, by the id of its price. */
  readonly names: readonly string[] | null;
  readonly of: 'amountUsd' | 'used';
}

/**
 * The lines of a bill under the names that an example uses. A name that covers another one beside it means what the
 * other leaves; where one name alone is not understood, it means what all others leave. Where several are not, they
 * are left out.
 */
export function namedLines(
  bill: BillDocument,
  restated: Restated,
  { names, of }: NamedLinesOptions,
): Record<string, number> {
  const groups = of === 'used' ? { ...restated.lines, ...restated.quantities } : restated.lines;
  const context = { lines: bill.lines, groups, of, restated };
  const known = names ?? idsOf(bill);
  const parts = new Map(known.map((name) => [name, partNamed(name, context)]));
  const [strange, ...more] = known.filter((name) => parts.get(name) === null);
  if (strange !== undefined && more.length === 0 && of === 'amountUsd') {
    parts.set(strange, { lines: leftBy([...parts.values()], bill.lines), tier: null });
  }
  const found: Record<string, number> = {};
  for (const [name, part] of parts) {
    if (part === null) continue;
    const lines = apart(part, [...parts.values()]);
    found[name] = sum(lines.map((line) => valueOf(line, part.tier, of)));
  }
  return found;
}

function idsOf({ lines }: BillDocument): string[] {
  const billed = lines.filter(({ amountUsd }) => amountUsd !== '0');
  return [...new Set(billed.map(({ price }) => price.replaceAll('-', '_')))];
}

interface Context {
  readonly lines: readonly DocumentLine[];
  readonly groups: Restated['lines'];
  readonly of: 'amountUsd' | 'used';
  readonly restated: Restated;
}

/** Whole lines of a bill, or one tier of each. */
interface Part {
  readonly lines: readonly DocumentLine[];
  readonly tier: number | null;
}

function partNamed(name: string, context: Context): Part | null {
  const lines = linesNamed(name, context);
  if (lines !== null) return { lines, tier: null };
  const { tiersOf = '' } = context.restated;
  const [, line = tiersOf, tier = ''] = /^(?:(.+)_)?tier(\d+)$/.exec(name) ?? [];
  const tiered = tier === '' ? null : linesNamed(line, context);
  return tiered === null ? null : { lines: tiered, tier: Number(tier) };
}

/** By the name of a group, by the id of a price, or where quantities are wanted by their unit. */
function linesNamed(name: string, context: Context): readonly DocumentLine[] | null {
  const { lines, groups, of, restated } = context;
  if (statedNames(restated).includes(name)) {
    return lines.filter(({ service, price }) => service === 'stated' && price === name);
  }
  const onLists = lines.filter(({ service }) => service !== 'stated');
  const prices = Object.hasOwn(groups, name) ? groups[name] : undefined;
  if (prices !== undefined) return onLists.filter(({ price }) => prices.includes(price));
  const byId = onLists.filter(({ price }) => price.replaceAll('-', '_') === name);
  if (byId.length > 0) return byId;
  const byUnit = onLists.filter(({ unit }) => of === 'used' && unitName(unit) === unitName(name));
  return byUnit.length > 0 ? byUnit : null;
}

/** `GB-s`, `gb_s` and `gb_seconds` are one unit, and so are `request` and `requests`. */
function unitName(text: string): string {
  const words = text.toLowerCase().split(/[^a-z0-9]+/);
  const short: Readonly<Record<string, string>> = { second: 's', hour: 'h' };
  return words
    .map((word) => word.replace(/(?<=\w{3})s$/, ''))
    .map((word) => short[word] ?? word)
    .join('-');
}

/** The lines of a part without those that a narrower one beside it stands for, unless that leaves none. */
function apart(part: Part, all: readonly (Part | null)[]): readonly DocumentLine[] {
  const narrower = all.filter(
    (other) =>
      other !== null &&
      other.lines.length < part.lines.length &&
      other.lines.every((line) => part.lines.includes(line)),
  );
  const left = leftBy(narrower, part.lines);
  return left.length > 0 ? left : part.lines;
}

function leftBy(parts: readonly (Part | null)[], lines: readonly DocumentLine[]) {
  const taken = new Set(parts.flatMap((part) => part?.lines ?? []));
  return lines.filter((line) => !taken.has(line));
}

function statedNames({ stated = [] }: Restated): string[] {
  return stated.map(({ line }) => line);
}

/** Bills count the tiers that cost something: what a base charge includes is none of them. */
function valueOf(line: DocumentLine, tier: number | null, of: Context['of']): string {
  if (tier === null) return line[of];
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
