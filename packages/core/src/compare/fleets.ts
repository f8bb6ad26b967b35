import { totalOf } from '../billing/bill.ts';
import type { Metered } from '../billing/metered.ts';
import type { Picodollars } from '../money/picodollars.ts';
import type { Besides } from './besides.ts';
import { costOf, type Kept, type Share } from './curve.ts';
import { machines, type Machine } from './machines.ts';
import type { Workload } from './workload.ts';

/** As many machines of one size as carry the busiest moment, and what they cost a month. */
export interface Fleet {
  readonly machine: Machine;
  readonly kept: Kept;
  /** What the answers send to the internet. */
  readonly egress: readonly Metered[];
  readonly total: Picodollars;
}

/** A size that cannot carry the workload, or has no price for it. */
export interface NoFleet {
  readonly machine: Machine;
  readonly why: string;
}

/** What a machine holds. */
interface Room {
  readonly memoryMiB: number;
  readonly vcpu: number;
}

/**
 * How many requests a machine carries at the same time: it holds as many instances of the function as its memory,
 * and one on each vCPU, since a request is taken to be at work for all of its duration.
 */
export function carriedBy({ memoryMiB, vcpu }: Room, workload: Workload): number {
  const held = Math.floor(memoryMiB / workload.memoryMiB);
  return Math.min(held, vcpu) * workload.concurrencyPerInstance;
}

/** Every size of machine, in the order of the table. */
export function fleetsOf(
  workload: Workload,
  { egress }: Besides,
  shareOf: (carries: number) => Share,
): readonly (Fleet | NoFleet)[] {
  const { region, freeTier, diskAndAddress } = workload;
  const requests = BigInt(workload.requestsPerMonth);
  const sent = new Map<string, Picodollars>();
  return machines.map((machine) => {
    const { provider } = machine;
    const why = whyNot(machine, workload);
    if (why !== null) return { machine, why };
    const month = machine.month(region[provider], diskAndAddress);
    const beside = egress[provider];
    if (typeof month === 'string') return { machine, why: month };
    if (typeof beside === 'string') return { machine, why: beside };
    const share = shareOf(carriedBy(machine, workload));
    const ofEgress = sent.get(provider) ?? totalOf(beside, { count: requests, freeTier });
    sent.set(provider, ofEgress);
    const total = ofEgress + costOf(month, share.count, freeTier);
    return { machine, kept: { month, share }, egress: beside, total };
  });
}

function whyNot({ memoryMiB, architecture }: Machine, workload: Workload): string | null {
  if (workload.memoryMiB > memoryMiB) {
    return `memoryMiB is ${workload.memoryMiB}; the machine has ${memoryMiB} MiB`;
  }
  if (architecture === 'arm64' && workload.architecture !== architecture) {
    return `architecture is ${workload.architecture}; the machine is ${architecture}`;
  }
  return null;
}
