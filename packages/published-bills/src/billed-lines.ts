import type { BillDocument } from '@tricloud/core';
import { fromDecimal, plus, product, type Quantity, quantity } from '@tricloud/core/parts';
import type { Example } from './example.ts';

/** A line of a bill under every name that an example may use for it. */
export interface BilledLine {
  readonly names: readonly string[];
  readonly used: readonly [Quantity];
  /** USD of each tier. */
  readonly usd: readonly Quantity[];
}

/** The lines of a bill, then those that no list prices. */
export function billedLines(bill: BillDocument, other: Example['other']): readonly BilledLine[] {
  const onLists = bill.lines.map(({ service, region, price, used, ...line }): BilledLine => {
    const names = [price, `${service}/${price}`];
    const tiers = 'tiers' in line ? line.tiers : [line];
    return {
      names: [...names, ...names.map((name) => `${name}@${region}`)],
      used: [fromDecimal(used)],
      usd: tiers.map(({ amountUsd }) => fromDecimal(amountUsd)),
    };
  });
  const own = other.map(({ line, quantity: used, unitPriceUsd }): BilledLine => ({
    names: [line],
    used: [used],
    usd: [product(used, unitPriceUsd)],
  }));
  return [...onLists, ...own];
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
  return amounts.reduce(plus, quantity(0n));
}
