import { times, toDecimal } from '../pricing/quantity.ts';
import { crossingsOf, toSide } from './break-even.ts';
import type { KnownParts } from './broken-line.ts';
import { carrierOf, carriersOf, type Carrier } from './carriers.ts';
import type { Comparison } from './comparison.ts';
import { cheaperFirst, keptFor, offersFor } from './offer.ts';
import { rankedFleets, sizesOf } from './sizes.ts';
import { warningsOf } from './warnings.ts';
import type { Workload } from './workload.ts';

/** What a comparison is made with. */
export interface CompareOptions {
  /** The day it is asked for, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** What is spent on all crossings of a comparison, so that no workload keeps a process busy for long. */
const EFFORT = 200_000;

/** Prices a month of the workload on every plan and on servers, and finds where each plan and each server cross. */
export function compare(workload: Workload, { asOf }: CompareOptions): Comparison {
  const { plans, fleets, unavailable, inFlight } = carriersOf(workload);
  const ranked = rankedFleets(fleets, workload);
  const servers = ranked.fleets.map((fleet) => carrierOf(fleet, workload.freeTier));
  const toKept = keptFor(workload);
  const toOffer = offersFor(workload, toKept);
  const [served, machines] = [plans.map(toOffer), servers.map(toOffer)];
  return {
    workload: { ...workload, region: { ...workload.region } },
    asOf,
    peakInFlight: toDecimal(times(inFlight, BigInt(workload.requestsPerMonth))),
    plans: served.map(({ offer }) => offer),
    servers: machines.map(({ offer }) => offer),
    order: [...served, ...machines].sort(cheaperFirst).map(({ offer }) => offer.id),
    breakEven: breakEvenOf(plans, servers),
    sizes: sizesOf(fleets, toKept),
    unavailable: [...unavailable, ...ranked.unavailable],
    notes: [...notesOf(workload), ...warningsOf([...plans, ...servers], asOf)],
  };
}

function breakEvenOf(
  plans: readonly Carrier[],
  servers: readonly Carrier[],
): Comparison['breakEven'] {
  const known: KnownParts = { turns: new Map(), stairs: new Map() };
  const sides = servers.map(({ id, curve }) => ({ id, side: toSide(curve, known) }));
  const effort = { left: EFFORT };
  const breakEven: Comparison['breakEven'] = [];
  for (const { id: plan, curve } of plans) {
    const side = toSide(curve, known);
    for (const server of sides) {
      const { crossings, isComplete } = crossingsOf(side, server.side, effort);
      const requestsPerMonth = crossings[0]?.requestsPerMonth ?? null;
      breakEven.push({ plan, server: server.id, requestsPerMonth, crossings, isComplete });
    }
  }
  return breakEven;
}

/** What is on no bill, and how servers are counted. */
function notesOf({ egress, frontDoor, diskAndAddress }: Workload): string[] {
  return [
    ...(egress
      ? []
      : [
          'Data transfer is on no bill, so responseKiB only decides whether a plan can answer at all.',
        ]),
    frontDoor
      ? 'Cold starts are on no bill.'
      : 'Cold starts and the gateway that stands before a function are on no bill.',
    `Of a server there are as many machines as carry the busiest moment, each for 730 hours; ${
      diskAndAddress
        ? 'each has a disk (32 GB of gp3 or balanced disk, E4 on Azure) and a public address'
        : 'disk and public address are not billed'
    }.`,
    'A machine carries concurrencyPerInstance requests for each memoryMiB that it has, and for no more of them than it has vCPUs; a burstable vCPU counts as a whole.',
  ];
}
