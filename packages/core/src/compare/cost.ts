import { lineOf, type PricedLine } from '../billing/bill.ts';
import { priceAt } from '../billing/line.ts';
import type { Metered } from '../billing/metered.ts';
import type { Picodollars } from '../money/picodollars.ts';
import { approximateAmount, tierAt } from '../pricing/approximate-amount.ts';
import type { MeterPrice } from '../pricing/price-list.ts';
import { plus, product, toNumber, zero, type Quantity } from '../pricing/quantity.ts';

/** A quantity of a month that charges grow with, by the number of requests. */
export interface Driver {
  readonly exact: (requests: number) => Quantity;
  /** The same in floating point, within a relative error of 1e-12. */
  readonly approximate: (requests: number) => number;
  /**
   * A step function is constant between its steps, a curve is smooth and never falls; a sawtooth may fall as requests
   * rise, since evenly spaced requests can fill a billed period better.
   */
  readonly shape: 'linear' | 'step' | 'curve' | 'sawtooth';
  /** Last number of requests on the same step, where that can be worked out. */
  readonly stepEnd?: (requests: number) => number;
}

/** What is metered for each unit of a driver. */
export interface Charge {
  readonly metered: readonly Metered[];
  readonly driver: Driver;
}

/** Charges of a month, and whether the free tier is deducted from them. */
export interface Cost {
  readonly charges: readonly Charge[];
  readonly freeTier: boolean;
}

/** Lines of the bill for so many requests a month. */
export function linesAt(cost: Cost, requests: number): readonly PricedLine[] {
  return usageAt(cost, requests).map((metered) => lineOf(metered, cost.freeTier));
}

/** Total of the bill for so many requests a month. */
export function totalAt(cost: Cost, requests: number): Picodollars {
  let total = 0n;
  for (const { quantity, price } of usageAt(cost, requests)) {
    total += priceAt(price, quantity, cost.freeTier ? price.allowance : zero).amount;
  }
  return total;
}

/** Usage of a month by price: what several charges use at one price shares its free tier and its tiers. */
function usageAt({ charges }: Cost, requests: number): readonly Metered[] {
  const usage = new Map<MeterPrice, Quantity>();
  for (const { metered, driver } of charges) {
    const times = driver.exact(requests);
    for (const { quantity, price } of metered) {
      const used = product(quantity, times);
      const before = usage.get(price);
      usage.set(price, before === undefined ? used : plus(before, used));
    }
  }
  return [...usage].map(([price, quantity]) => ({ price, quantity }));
}

/** A cost in floating point, for scanning many numbers of requests. */
export interface ApproximateCost {
  /** Total in picodollars, within a relative error of 1e-11 and one picodollar a tier. */
  readonly total: number;
  /**
   * Sum of all steps and tiers that are reached. Unless there is a sawtooth, none of them falls as requests rise, so it is
   * equal for two numbers of requests only where every quantity is in the same tier and every step function on the same
   * step.
   */
  readonly piece: number;
}

/** What one price is charged for: so much for each unit of each driver. */
interface Meter {
  readonly price: MeterPrice;
  readonly uses: { readonly each: number; readonly driver: number }[];
}

/** Makes the approximation of a cost; what does not depend on the requests is converted once. */
export function toApproximateCost(cost: Cost): (requests: number) => ApproximateCost {
  const { charges, freeTier } = cost;
  const drivers = charges.map(({ driver }) => driver);
  const times = drivers.map(() => 0);
  const meters = metersOf(charges);
  return (requests) => {
    let total = 0;
    let piece = 0;
    drivers.forEach(({ approximate, shape }, index) => {
      const reached = approximate(requests);
      times[index] = reached;
      if (shape === 'step') piece += reached;
    });
    for (const { price, uses } of meters) {
      let used = 0;
      for (const { each, driver } of uses) used += each * (times[driver] ?? 0);
      total += approximateAmount(price, used, freeTier);
      piece += tierAt(price, used, freeTier);
    }
    return { total, piece };
  };
}

function metersOf(charges: readonly Charge[]): readonly Meter[] {
  const meters = new Map<MeterPrice, Meter>();
  charges.forEach(({ metered }, driver) => {
    for (const { quantity, price } of metered) {
      const meter = meters.get(price) ?? { price, uses: [] };
      meter.uses.push({ each: toNumber(quantity), driver });
      meters.set(price, meter);
    }
  });
  return [...meters.values()];
}
