import type { BillDocument } from '@tricloud/core';
import { fromDecimal, isMore, plus, product, type Quantity, toDecimal } from '@tricloud/core/parts';
import type { Example } from './example.ts';

/** A line of a bill under every name that an example may use for it. */
export interface BilledLine {
  readonly names: readonly string[];
  readonly used: readonly Quantity[];
  /** USD of each tier. */
  readonly usd: readonly Quantity[];
}

/** The lines of a bill, then those that no list prices. */
export function billedLines(bill: BillDocument, other: Example['other']): readonly BilledLine[] {
  return [
    ...bill.lines.map(({ service, region, price, used, ...line }) => ({
      names: [price, `${service}/${price}`].flatMap((name) => [name, `${name}@${region}`]),
      used: [fromDecimal(used)],
      usd: ('tiers' in line ? line.tiers : [line]).map((tier) => fromDecimal(tier.amountUsd)),
    })),
    ...other.map(({ line, quantity, unitPriceUsd }) => ({
      names: [line],
      used: [quantity],
      usd: [product(quantity, unitPriceUsd)],
    })),
  ];
}

/** The sum of lines or tiers that a name stands for; the part of the name that stands for none, where there is one. */
export function amountNamed(
  name: string,
  lines: readonly BilledLine[],
  of: 'used' | 'usd',
): Quantity | string {
  const found: Quantity[] = [];
  for (const part of name.split('+')) {
    const [, line = part, tier] = /^(.+)\[(\d+)\]$/.exec(part) ?? [];
    const amounts = lines
      .filter(({ names }) => names.includes(line))
      .map((each) => each[of])
      .flatMap((all) => (tier === undefined ? all : all.slice(Number(tier) - 1, Number(tier))));
    if (amounts.length === 0) return part;
    found.push(...amounts);
  }
  return sum(found);
}

/** Adds exactly. */
export function sum(amounts: readonly Quantity[]): Quantity {
  return amounts.reduce(plus, fromDecimal('0'));
}

/** Whether two amounts are at most so far apart. */
export function isNear(a: Quantity, b: Quantity, tolerance: Quantity): boolean {
  return !isMore(a, plus(b, tolerance)) && !isMore(b, plus(a, tolerance));
}

/** The nearest number, for output. */
export function toNumber(amount: Quantity): number {
  return Number(toDecimal(amount));
}
