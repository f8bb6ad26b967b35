import type { MeterPrice } from './price-list.ts';
import { toNumber } from './quantity.ts';

interface Slope {
  /** Units from which on the price holds, the free tier included. */
  readonly from: number;
  readonly unitPrice: number;
}

const slopes = {
  deducted: new WeakMap<MeterPrice, Slope[]>(),
  listed: new WeakMap<MeterPrice, Slope[]>(),
};

/** Amount of a quantity in picodollars, in floating point; the exact amount is within a picodollar a tier of it. */
export function approximateAmount(price: MeterPrice, used: number, freeTier: boolean): number {
  const tiers = slopesOf(price, freeTier);
  let amount = 0;
  for (let index = 0; index < tiers.length; index += 1) {
    const tier = tiers[index];
    if (tier === undefined || used <= tier.from) break;
    const end = tiers[index + 1]?.from ?? Infinity;
    amount += (Math.min(used, end) - tier.from) * tier.unitPrice;
  }
  return amount;
}

/** Index of the tier that a quantity reaches; 0 is free. */
export function tierAt(price: MeterPrice, used: number, freeTier: boolean): number {
  const tiers = slopesOf(price, freeTier);
  let index = 0;
  while (index < tiers.length && used > (tiers[index]?.from ?? Infinity)) index += 1;
  return index;
}

function slopesOf(price: MeterPrice, freeTier: boolean): readonly Slope[] {
  const known = freeTier ? slopes.deducted : slopes.listed;
  const before = known.get(price);
  if (before !== undefined) return before;
  const free = freeTier ? toNumber(price.allowance) : 0;
  let below = 0;
  const made = price.tiers.map(({ upTo, unitPrice }) => {
    const from = price.tiersCount === 'used' ? Math.max(free, below) : free + below;
    below = Number(upTo ?? 0n);
    return { from, unitPrice: Number(unitPrice) };
  });
  known.set(price, made);
  return made;
}
