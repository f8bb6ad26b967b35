import type { Picodollars } from '../money/picodollars.ts';
import { isAvailable, type Candidate, type Unavailable } from './candidate.ts';
import { totalAt } from './cost.ts';
import type { PricedEstimate } from './estimate.ts';
import type { Workload } from './workload.ts';

/** Servers that are ranked in every comparison, by id. */
const usual: ReadonlySet<string> = new Set([
  'aws-ec2-t3.small',
  'aws-ec2-t3.large',
  'google-gce-e2-small',
  'google-gce-e2-standard-2',
  'azure-vm-B2als_v2',
  'azure-vm-B2as_v2',
]);

/** A server with capacity for the workload, with its total. */
export interface PricedServer {
  readonly candidate: Candidate;
  readonly total: Picodollars;
}

/** Totals of the servers with capacity for the workload. */
export function priceServers(
  found: readonly (Candidate | Unavailable)[],
  { requestsPerMonth }: Workload,
): readonly PricedServer[] {
  return found.filter(isAvailable).map((candidate) => ({
    candidate,
    total: totalAt(candidate.cost, requestsPerMonth),
  }));
}

/** The usual sizes and the cheapest of each provider, or all of them where the workload asks for that. */
export function rankedServers(
  priced: readonly PricedServer[],
  workload: Workload,
): readonly Candidate[] {
  const ranked = priced.filter(({ candidate }) => isRanked(candidate, workload));
  if (workload.everyServer) return ranked.map(({ candidate }) => candidate);
  const cheapest = new Map<string, PricedServer>();
  for (const each of ranked) {
    const { provider, commitment } = each.candidate;
    const key = `${provider} ${commitment ?? ''}`;
    const before = cheapest.get(key);
    if (before === undefined || isCheaper(each, before)) cheapest.set(key, each);
  }
  const chosen = new Set([...cheapest.values()].map(({ candidate }) => candidate.id));
  return ranked.flatMap(({ candidate }) =>
    isUsual(candidate.id) || chosen.has(candidate.id) ? [candidate] : [],
  );
}

/** Whether a server is ranked in every comparison for whose workload it has capacity. */
export function isUsual(id: string): boolean {
  return usual.has(id);
}

/** Whether a candidate is ranked: plans and servers that will end only where the workload asks for them. */
export function isRanked({ legacy }: Candidate, { includeLegacy }: Workload): boolean {
  return legacy === null || includeLegacy;
}

/** Ids, cheapest first; at the same cost, by id. */
export function orderOf(priced: readonly PricedEstimate[]): string[] {
  return priced
    .map(({ estimate: { id }, total }) => ({ id, total }))
    .toSorted((a, b) => (a.total === b.total ? byId(a.id, b.id) : a.total < b.total ? -1 : 1))
    .map(({ id }) => id);
}

function isCheaper(a: PricedServer, b: PricedServer): boolean {
  return a.total < b.total || (a.total === b.total && a.candidate.id < b.candidate.id);
}

function byId(a: string, b: string): number {
  return a < b ? -1 : 1;
}
