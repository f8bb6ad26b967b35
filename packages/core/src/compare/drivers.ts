import { instanceMs, randomInstanceMs } from '../billing/instance-time.ts';
import {
  billsEachRequest,
  shortestPeriodMs,
  type InstanceBilling,
} from '../billing/instance-traffic.ts';
import { mostInFlight, provisionedInstances } from '../billing/provisioned-instances.ts';
import {
  exactly,
  product,
  quantity,
  ratio,
  roundUp,
  toNumber,
  type Quantity,
} from '../pricing/quantity.ts';
import type { Driver } from './cost.ts';
import type { Workload } from './workload.ts';

/** Hours of a month as the providers count it: 8,760 hours a year. */
export const monthHours = 730;

const monthMs = BigInt(monthHours) * 3_600_000n;

/** The requests themselves. */
export const requestsDriver: Driver = {
  exact: (requests) => quantity(BigInt(requests)),
  approximate: (requests) => requests,
  shape: 'linear',
};

/** Average requests in flight for each request of a month. */
export function inFlightPerRequest({ durationMs }: Workload): Quantity {
  return product(exactly(durationMs), quantity(1n, monthMs));
}

/** Requests in flight while traffic is on, for each request of a month. */
export function peakInFlightPerRequest(workload: Workload): Quantity {
  return product(inFlightPerRequest(workload), exactly(workload.peakToAverage));
}

/** Seconds billed of all instances that serve up to `concurrency` requests at once. */
export function instanceSecondsDriver(
  { durationMs, arrivals, peakToAverage }: Workload,
  concurrency: number,
  billing: InstanceBilling,
): Driver {
  const month = { durationMs, concurrency, arrivals, peakToAverage };
  const exact = (requests: number) => {
    const { numerator, denominator } = instanceMs({ ...month, requests }, billing);
    return quantity(numerator, denominator * 1000n);
  };
  if (billsEachRequest(concurrency, billing)) {
    const secondsOfOne = toNumber(exact(1));
    return { exact, approximate: (requests) => requests * secondsOfOne, shape: 'linear' };
  }
  if (arrivals === 'even') {
    return { exact, approximate: (requests) => toNumber(exact(requests)), shape: 'sawtooth' };
  }
  const activeMs = (monthHours * 3_600_000) / peakToAverage;
  const shortestMs = shortestPeriodMs(durationMs, billing);
  const approximate = (requests: number) =>
    requests === 0
      ? 0
      : Math.max(shortestMs, randomInstanceMs({ ...month, requests }, activeMs, billing)) / 1000;
  return { exact, approximate, shape: 'curve' };
}

/**
 * Instances provisioned all month, so that the peak finds none busy in 99 of 100 requests; of evenly spaced requests, as
 * many as are in flight need.
 */
export function provisionedDriver(workload: Workload, concurrency: number): Driver {
  const inFlight = peakInFlightPerRequest(workload);
  const { arrivals } = workload;
  if (arrivals === 'even') {
    return wholeDriver(ratio(inFlight, quantity(BigInt(concurrency))));
  }
  const perRequest = toNumber(inFlight);
  const count = (requests: number) =>
    provisionedInstances({ inFlight: requests * perRequest, concurrency, arrivals });
  const ends = new Map<number, number>();
  const stepEnd = (requests: number) => {
    const slots = count(requests) * concurrency;
    const end = ends.get(slots) ?? Math.floor(mostInFlight(slots) / perRequest);
    ends.set(slots, end);
    return end;
  };
  return { ...stepDriver(count), stepEnd };
}

/** Whole units of a quantity for each request, rounded up, at least one; `times` as many of them. */
export function wholeDriver(each: Quantity, times = 1): Driver {
  const approximate = toNumber(each);
  const count = (requests: number) => {
    const needed = requests * approximate;
    // The rounding of floating point decides nothing but where the number is almost whole.
    const isSure = Math.abs(needed - Math.round(needed)) > needed * 1e-14 + 1e-14;
    const whole = isSure
      ? Math.ceil(needed)
      : Number(roundUp(product(each, quantity(BigInt(requests)))));
    return times * Math.max(1, whole);
  };
  const stepEnd = (requests: number) => Math.floor(count(requests) / times / approximate);
  return { ...stepDriver(count), stepEnd };
}

/** A whole number by the number of requests. */
export function stepDriver(count: (requests: number) => number): Driver {
  return {
    exact: (requests) => quantity(BigInt(count(requests))),
    approximate: count,
    shape: 'step',
  };
}
