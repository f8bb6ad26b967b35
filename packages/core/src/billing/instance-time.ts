import { evenInstances } from './even-instances.ts';
import {
  billsEachRequest,
  shortestPeriodMs,
  type Arrivals,
  type InstanceBilling,
  type InstanceTraffic,
} from './instance-traffic.ts';
import {
  exactly,
  isMore,
  product,
  quantity,
  ratio,
  times,
  toNumber,
  zero,
  type Quantity,
} from '../pricing/quantity.ts';
import { randomInstances } from './random-instances.ts';

/** Instances billed on average while traffic is on. */
export function billedInstances(traffic: InstanceTraffic, billing: InstanceBilling): number {
  const { ratePerMs, durationMs, concurrency } = traffic;
  if (ratePerMs === 0) return 0;
  if (billsEachRequest(concurrency, billing)) {
    return ratePerMs * shortestPeriodMs(durationMs, billing);
  }
  if (traffic.arrivals === 'random') return randomInstances(traffic, billing);
  const intervalMs = ratio(quantity(1n), exactly(ratePerMs));
  const { numerator, denominator } = evenInstances({ ...traffic, intervalMs }, billing);
  return Number(numerator) / Number(denominator);
}

/** A month of requests of one function. */
export interface MonthOfRequests {
  readonly requests: number;
  readonly durationMs: number;
  readonly concurrency: number;
  readonly arrivals: Arrivals;
  /** For 1/peakToAverage of the month requests arrive at so many times the average rate, else none. */
  readonly peakToAverage: number;
  /** 730 unless the month is known. */
  readonly hours?: number;
}

/**
 * Billed time of all instances in a month, in milliseconds. Exact where each request is billed by itself and for even
 * arrivals; rounded to 12 digits for random ones. At least one shortest period as soon as there is a request.
 */
export function instanceMs(month: MonthOfRequests, billing: InstanceBilling): Quantity {
  const { requests, durationMs, concurrency } = month;
  if (requests === 0) return zero;
  const shortest = exactly(shortestPeriodMs(durationMs, billing));
  if (billsEachRequest(concurrency, billing)) return times(shortest, BigInt(requests));
  const activeMs = ratio(exactly((month.hours ?? 730) * 3_600_000), exactly(month.peakToAverage));
  const ms =
    month.arrivals === 'even'
      ? evenMs(month, activeMs, billing)
      : randomMs(month, activeMs, billing);
  return isMore(shortest, ms) ? shortest : ms;
}

function evenMs(month: MonthOfRequests, activeMs: Quantity, billing: InstanceBilling): Quantity {
  const intervalMs = ratio(activeMs, quantity(BigInt(month.requests)));
  return product(activeMs, evenInstances({ ...month, intervalMs }, billing));
}

function randomMs(month: MonthOfRequests, activeMs: Quantity, billing: InstanceBilling): Quantity {
  return exactly(randomInstanceMs(month, toNumber(activeMs), billing));
}

/** Billed time of all instances in a month of random requests, in milliseconds of 12 digits; `activeMs` has traffic. */
export function randomInstanceMs(
  month: MonthOfRequests,
  activeMs: number,
  billing: InstanceBilling,
): number {
  const instances = randomInstances({ ...month, ratePerMs: month.requests / activeMs }, billing);
  return Number((instances * activeMs).toPrecision(12));
}
