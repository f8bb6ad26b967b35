import { billOf, copyOf } from '../billing/bill.ts';
import type { Picodollars } from '../money/picodollars.ts';
import { firstAbove } from './break-even.ts';
import type { Comparison, Offer } from './comparison.ts';
import { whyUnavailable } from './plans/limits.ts';
import { plans } from './plans/plans.ts';
import { servers, type Server } from './servers.ts';
import type { Workload } from './workload.ts';

/** What a comparison is made with. */
export interface CompareOptions {
  /** The day it is asked for, `YYYY-MM-DD`. */
  readonly asOf: string;
}

interface Ranked {
  readonly offer: Offer;
  readonly total: Picodollars;
}

/** Prices a month of the workload on every plan and every server, and finds where each plan overtakes each server. */
export function compare(workload: Workload, { asOf }: CompareOptions): Comparison {
  const { freeTier } = workload;
  const count = BigInt(workload.requestsPerMonth);
  const unavailable: Comparison['unavailable'] = [];
  const served: Ranked[] = [];
  const curves = [];
  for (const plan of plans) {
    const why = whyUnavailable(workload, plan);
    if (why === null) {
      const { id, provider, sheet } = plan;
      const { metered, notes } = plan.use(workload);
      const { bill, total } = billOf(metered, { count, freeTier, sheet });
      served.push({ offer: { id, provider, bill, notes: [...notes] }, total });
      curves.push({ id, curve: { perRequest: metered, freeTier } });
    } else {
      unavailable.push({ id: plan.id, why });
    }
  }

  const machines: Ranked[] = [];
  for (const server of servers) {
    const rented = rent(server, workload);
    if (typeof rented === 'string') unavailable.push({ id: server.id, why: rented });
    else machines.push(rented);
  }

  const ranked = [...served, ...machines].sort(cheaperFirst);
  const byCost = ranked.filter(({ offer }) => machineIds.has(offer.id));
  const targets = byCost.map(({ total }) => total);
  const rankOf = machines.map((machine) => byCost.indexOf(machine));
  const breakEven: Comparison['breakEven'] = [];
  for (const { id, curve } of curves) {
    const crossings = firstAbove(curve, targets);
    machines.forEach(({ offer }, index) => {
      const requestsPerMonth = crossings[rankOf[index] ?? 0] ?? null;
      breakEven.push({ plan: id, server: offer.id, requestsPerMonth });
    });
  }

  return {
    workload: { ...workload, region: { ...workload.region } },
    asOf,
    plans: served.map(({ offer }) => offer),
    servers: machines.map(({ offer }) => offer),
    order: ranked.map(({ offer }) => offer.id),
    breakEven,
    unavailable,
    notes: [...leftOut],
  };
}

const machineIds = new Set(servers.map(({ id }) => id));

/** What is on no bill, of plans and servers alike. */
const leftOut = [
  'Data transfer is on no bill, so responseKiB only decides whether a plan can answer at all.',
  'Cold starts and the gateway that stands before a function are on no bill.',
  'A server is one machine for 730 hours, whatever peakToAverage is; its disk and public address are not billed.',
];

function rent(server: Server, workload: Workload): Ranked | string {
  const { id, provider, sheet, memoryMiB } = server;
  if (workload.memoryMiB > memoryMiB) {
    return `memoryMiB is ${workload.memoryMiB}; the machine has ${memoryMiB} MiB`;
  }
  const region = workload.region[provider];
  if (!sheet.regions.includes(region)) {
    return `no known price in ${region}; there is one in ${sheet.regions.join(', ')}`;
  }
  const { bill, total } = server.month(region);
  // The bill is the server's own, made once; each comparison is given a copy.
  return { offer: { id, provider, bill: copyOf(bill), notes: [] }, total };
}

function cheaperFirst(a: Ranked, b: Ranked): number {
  if (a.total !== b.total) return a.total < b.total ? -1 : 1;
  return a.offer.id < b.offer.id ? -1 : 1;
}
