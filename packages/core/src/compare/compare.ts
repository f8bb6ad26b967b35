import { billOf } from '../billing/bill.ts';
import type { Picodollars } from '../money/picodollars.ts';
import { exactly, quantity, times, toDecimal } from '../pricing/quantity.ts';
import { crossingsOf, toSide } from './break-even.ts';
import { carriersOf, type Carrier } from './carriers.ts';
import type { Comparison, Offer } from './comparison.ts';
import { keptAt, usedAt, type Curve } from './curve.ts';
import type { InstanceMonth } from './plans/plan.ts';
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

/** Prices a month of the workload on every plan and every server, and finds where each plan and each server cross. */
export function compare(workload: Workload, { asOf }: CompareOptions): Comparison {
  const carriers = carriersOf(workload);
  const served = carriers.plans.map((carrier) => offerOf(carrier, workload));
  const machines = carriers.servers.map((carrier) => offerOf(carrier, workload));
  const sides = carriers.servers.map(({ id, curve }) => ({ id, side: toSide(curve) }));
  const breakEven: Comparison['breakEven'] = [];
  for (const { id, curve } of carriers.plans) {
    const plan = toSide(curve);
    for (const server of sides) {
      const { crossings, isComplete } = crossingsOf(plan, server.side);
      const requestsPerMonth = crossings[0]?.requestsPerMonth ?? null;
      breakEven.push({
        plan: id,
        server: server.id,
        requestsPerMonth,
        crossings: [...crossings],
        isComplete,
      });
    }
  }
  const inFlight = times(carriers.inFlight, BigInt(workload.requestsPerMonth));
  return {
    workload: { ...workload, region: { ...workload.region } },
    asOf,
    peakInFlight: toDecimal(inFlight),
    plans: served.map(({ offer }) => offer),
    servers: machines.map(({ offer }) => offer),
    order: [...served, ...machines].sort(cheaperFirst).map(({ offer }) => offer.id),
    breakEven,
    unavailable: carriers.unavailable,
    notes: notesOf(workload),
  };
}

function offerOf({ id, provider, sheet, curve, kept, notes }: Carrier, workload: Workload): Ranked {
  const used = usedAt(curve, BigInt(workload.requestsPerMonth));
  const { bill, total } = billOf(used, { count: 1n, freeTier: workload.freeTier, sheet });
  for (const { price } of used) {
    if (price.sheet.service === sheet.service) continue;
    const { sources } = bill.sheet;
    sources.push(...price.sheet.sources.filter((source) => !sources.includes(source)));
  }
  return {
    offer: { id, provider, bill, kept: keptOf(curve, kept, workload), notes: [...notes] },
    total,
  };
}

function keptOf({ kept }: Curve, month: InstanceMonth | null, workload: Workload): Offer['kept'] {
  if (kept === null || month === null) return null;
  const { carries } = month;
  const requests = BigInt(workload.requestsPerMonth);
  const count = keptAt(kept, requests);
  const peak = exactly(workload.peakToAverage);
  const { numerator, denominator } = kept.perRequest;
  const share = quantity(
    numerator * requests * peak.denominator,
    denominator * count * peak.numerator,
  );
  return { count: Number(count), carries, usedShare: toDecimal(share) };
}

/** What is on no bill, and how servers are counted. */
function notesOf({ egress, frontDoor }: Workload): string[] {
  return [
    ...(egress
      ? []
      : [
          'Data transfer is on no bill, so responseKiB only decides whether a plan can answer at all.',
        ]),
    frontDoor
      ? 'Cold starts are on no bill.'
      : 'Cold starts and the gateway that stands before a function are on no bill.',
    'Of a server there are as many machines as carry the busiest moment, each for 730 hours; disk and public address are not billed.',
    'A machine carries concurrencyPerInstance requests for each memoryMiB that it has, and for no more of them than it has vCPUs; a burstable vCPU counts as a whole.',
  ];
}

function cheaperFirst(a: Ranked, b: Ranked): number {
  if (a.total !== b.total) return a.total < b.total ? -1 : 1;
  return a.offer.id < b.offer.id ? -1 : 1;
}
