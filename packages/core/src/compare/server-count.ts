import type { Metered } from '../billing/metered.ts';
import {
  isMore,
  minus,
  product,
  quantity,
  ratio,
  toNumber,
  zero,
  type Quantity,
} from '../pricing/quantity.ts';
import { approximateAmount } from '../pricing/approximate-amount.ts';
import type { Charge, Driver } from './cost.ts';
import { inFlightPerRequest, peakInFlightPerRequest, stepDriver, wholeDriver } from './drivers.ts';
import { cpuPerRequest, type Workload } from './workload.ts';

/** One server of a size, with what decides the cheapest number of them for a workload. */
export interface ServerMonth {
  /** Concurrent requests that it serves. */
  readonly capacity: Quantity;
  /** A month of one of them. */
  readonly metered: readonly Metered[];
  /** A month of the load balancer before several of them; empty where none is billed. */
  readonly loadBalancer: readonly Metered[];
  /** `null` where the provider bills no use beyond the sustained share. */
  readonly credits: Credits | null;
}

/** Surplus credits of a burstable server. */
export interface Credits {
  /** vCPU that are paid for, averaged over a day. */
  readonly sustainedVcpu: Quantity;
  /** A month of one vCPU above them. */
  readonly metered: readonly Metered[];
}

/** The cheapest number of servers with capacity for a workload, and their surplus credits. */
export interface ServerCount {
  readonly count: Driver;
  readonly surplus: readonly Charge[];
}

/**
 * The cheapest sufficient number of servers: the average in flight while traffic is on is within their capacity. Where
 * surplus credits cost more than a further server, there are as many as make the sum of both the least.
 */
export function serverCount(month: ServerMonth, workload: Workload): ServerCount {
  const { capacity, credits } = month;
  const { redundancy } = workload;
  const sufficient = wholeDriver(ratio(peakInFlightPerRequest(workload), capacity), redundancy);
  if (credits === null) return { count: sufficient, surplus: [] };
  const busyPerRequest = product(inFlightPerRequest(workload), cpuPerRequest(workload));
  const cheapest = cheapestCount(month, credits, busyPerRequest);
  const count = (requests: number) => cheapest(requests, sufficient.approximate(requests));
  const driver = surplusDriver(busyPerRequest, credits.sustainedVcpu, count);
  return {
    count: { ...sufficient, ...stepDriver(count) },
    surplus: [{ metered: credits.metered, driver }],
  };
}

/** Chooses between the fewest servers that suffice and as many as use few or no surplus credits. */
function cheapestCount(
  { metered, loadBalancer }: ServerMonth,
  credits: Credits,
  busyPerRequest: Quantity,
): (requests: number, sufficient: number) => number {
  const server = monthly(metered);
  const balancer = monthly(loadBalancer);
  const credit = monthly(credits.metered);
  const sustained = toNumber(credits.sustainedVcpu);
  const busy = toNumber(busyPerRequest);
  // Below this share of a server's sustained vCPU, credits for it cost less than the server.
  const worthwhile = server / (sustained * credit);
  if (worthwhile >= 1) return (_requests, sufficient) => sufficient;
  return (requests, sufficient) => {
    const more = Math.max(sufficient, Math.ceil((requests * busy) / sustained - worthwhile));
    if (sufficient > 1 || more === 1) return more;
    const costOf = (count: number) =>
      count * server +
      Math.max(0, requests * busy - count * sustained) * credit +
      (count > 1 ? balancer : 0);
    return costOf(1) <= costOf(more) ? 1 : more;
  };
}

function surplusDriver(
  busyPerRequest: Quantity,
  sustainedVcpu: Quantity,
  count: (requests: number) => number,
): Driver {
  const [busy, sustained] = [toNumber(busyPerRequest), toNumber(sustainedVcpu)];
  return {
    exact: (requests) => {
      const used = product(busyPerRequest, quantity(BigInt(requests)));
      const paid = product(sustainedVcpu, quantity(BigInt(count(requests))));
      return isMore(used, paid) ? minus(used, paid) : zero;
    },
    approximate: (requests) => Math.max(0, requests * busy - count(requests) * sustained),
    shape: 'linear',
  };
}

function monthly(metered: readonly Metered[]): number {
  return metered.reduce(
    (sum, { quantity: used, price }) => sum + approximateAmount(price, toNumber(used), false),
    0,
  );
}
