import type { PricedLine } from '../billing/bill.ts';
import { priceAt, toLine } from '../billing/line.ts';
import type { Metered } from '../billing/metered.ts';
import type { Picodollars } from '../money/picodollars.ts';
import { approximateAmount, tierAt } from '../pricing/approximate-amount.ts';
import { product, toNumber, zero, type Quantity } from '../pricing/quantity.ts';

/** A quantity of a month that charges grow with, by the number of requests; it never falls as requests rise. */
export interface Driver {
  readonly exact: (requests: number) => Quantity;
  /** The same in floating point, within a relative error of 1e-12. */
  readonly approximate: (requests: number) => number;
  /** A step function is constant between its steps; a curve is anything else that is not linear. */
  readonly shape: 'linear' | 'step' | 'curve';
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
export function linesAt({ charges, freeTier }: Cost, requests: number): readonly PricedLine[] {
  return charges.flatMap(({ metered, driver }) => {
    const times = driver.exact(requests);
    return metered.map(({ quantity, price }) => {
      const allowance = freeTier ? price.allowance : zero;
      const priced = priceAt(price, product(quantity, times), allowance);
      return { line: toLine(price, priced), amount: priced.amount };
    });
  });
}

/** Total of the bill for so many requests a month. */
export function totalAt({ charges, freeTier }: Cost, requests: number): Picodollars {
  let total = 0n;
  for (const { metered, driver } of charges) {
    const times = driver.exact(requests);
    for (const { quantity, price } of metered) {
      const used = {
        numerator: quantity.numerator * times.numerator,
        denominator: quantity.denominator * times.denominator,
      };
      total += priceAt(price, used, freeTier ? price.allowance : zero).amount;
    }
  }
  return total;
}

/** A cost in floating point, for scanning many numbers of requests. */
export interface ApproximateCost {
  /** Total in picodollars, within a relative error of 1e-11 and one picodollar a tier. */
  readonly total: number;
  /** Equal for two numbers of requests where every quantity is in the same tier and every step function on the same step. */
  readonly piece: string;
}

/** Makes the approximation of a cost; what does not depend on the requests is converted once. */
export function toApproximateCost({
  charges,
  freeTier,
}: Cost): (requests: number) => ApproximateCost {
  const parts = charges.map(({ metered, driver }) => ({
    driver,
    items: metered.map(({ quantity, price }) => ({ each: toNumber(quantity), price })),
  }));
  return (requests) => {
    let total = 0;
    let piece = '';
    for (const { driver, items } of parts) {
      const times = driver.approximate(requests);
      if (driver.shape === 'step') piece += `${times};`;
      for (const { each, price } of items) {
        const used = each * times;
        total += approximateAmount(price, used, freeTier);
        piece += tierAt(price, used, freeTier);
      }
    }
    return { total, piece };
  };
}
