import { toUsd } from '../money/picodollars.ts';
import type { Comparison } from './comparison.ts';
import type { Fleet, NoFleet } from './fleets.ts';
import type { keptFor } from './offer.ts';
import type { Workload } from './workload.ts';

/** The servers that are ranked in every comparison, by id. */
const usual: ReadonlySet<string> = new Set([
  'aws-ec2-t3.small',
  'aws-ec2-t3.large',
  'google-gce-e2-small',
  'google-gce-e2-standard-2',
  'azure-vm-B1ms',
  'azure-vm-B2ms',
]);

/** The servers that are ranked beside the plans, and why others that would be cannot. */
export interface RankedFleets {
  readonly fleets: readonly Fleet[];
  readonly unavailable: Comparison['unavailable'];
}

/** The usual sizes and the cheapest of each provider that carry the workload; all of them where that is asked for. */
export function rankedFleets(
  all: readonly (Fleet | NoFleet)[],
  { everyServer }: Workload,
): RankedFleets {
  const unavailable: Comparison['unavailable'] = [];
  const fleets: Fleet[] = [];
  const cheapest = new Map<string, Fleet>();
  for (const fleet of all) {
    const { id, provider } = fleet.machine;
    const isUsual = usual.has(id);
    if ('why' in fleet) {
      if (isUsual || everyServer) unavailable.push({ id, why: fleet.why });
      continue;
    }
    if (isUsual || everyServer) fleets.push(fleet);
    const before = cheapest.get(provider);
    if (before === undefined || isCheaper(fleet, before)) cheapest.set(provider, fleet);
  }
  for (const fleet of cheapest.values()) if (!fleets.includes(fleet)) fleets.push(fleet);
  return { fleets, unavailable };
}

/** In the order of a comparison. */
function isCheaper(a: Fleet, b: Fleet): boolean {
  return a.total < b.total || (a.total === b.total && a.machine.id < b.machine.id);
}

/** Every size in short. */
export function sizesOf(
  all: readonly (Fleet | NoFleet)[],
  toKept: ReturnType<typeof keptFor>,
): Comparison['sizes'] {
  return all.map((fleet) => {
    const { id, provider, vcpu, memoryMiB, architecture } = fleet.machine;
    if ('why' in fleet) {
      const { why } = fleet;
      return { id, provider, vcpu, memoryMiB, architecture, kept: null, totalUsd: null, why };
    }
    const [kept, totalUsd] = [toKept(fleet.kept.share), toUsd(fleet.total)];
    return { id, provider, vcpu, memoryMiB, architecture, kept, totalUsd, why: null };
  });
}
