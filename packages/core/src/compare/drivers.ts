import { instanceMs } from '../billing/instance-time.ts';
import type { InstanceBilling } from '../billing/instance-traffic.ts';
import { provisionedInstances } from '../billing/provisioned-instances.ts';
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
  const exact = (requests: number) => {
    const traffic = { requests, durationMs, concurrency, arrivals, peakToAverage };
    const { numerator, denominator } = instanceMs(traffic, billing);
    return quantity(numerator, denominator * 1000n);
  };
  const isLinear = concurrency === 1 && billing.minimumMs <= billing.stepMs;
  if (!isLinear) return { exact, approximate: (each) => toNumber(exact(each)), shape: 'curve' };
  const secondsOfOne = toNumber(exact(1));
  return { exact, approximate: (requests) => requests * secondsOfOne, shape: 'linear' };
}

/**
 * Instances provisioned all month, so that the peak finds none busy in 99 of 100 requests; of evenly spaced requests, as
 * many as are in flight need.
 */
export function provisionedDriver(workload: Workload, concurrency: number): Driver {
  const inFlight = peakInFlightPerRequest(workload);
  const { arrivals } = workload;
  if (arrivals === 'even') {
    const needed = roundedUp(ratio(inFlight, quantity(BigInt(concurrency))));
    return stepDriver((requests) => Math.max(1, needed(requests)));
  }
  const perRequest = toNumber(inFlight);
  return stepDriver((requests) =>
    provisionedInstances({ inFlight: requests * perRequest, concurrency, arrivals }),
  );
}

/** Whole units of a quantity for each request, rounded up; exact, in floating point where that is certain. */
export function roundedUp(each: Quantity): (requests: number) => number {
  const approximate = toNumber(each);
  return (requests) => {
    const needed = requests * approximate;
    if (Math.abs(needed - Math.round(needed)) > needed * 1e-14 + 1e-14) return Math.ceil(needed);
    return Number(roundUp(product(each, quantity(BigInt(requests)))));
  };
}

/** A whole number by the number of requests. */
export function stepDriver(count: (requests: number) => number): Driver {
  return {
    exact: (requests) => quantity(BigInt(count(requests))),
    approximate: count,
    shape: 'step',
  };
}
