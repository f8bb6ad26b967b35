import type { ProviderId } from '../catalog/provider-ids.ts';
import type { Text } from '../catalog/text.ts';
import type { Quantity } from '../pricing/quantity.ts';
import type { Cost, Driver } from './cost.ts';
import type { Estimate } from './comparison.ts';

/** A plan or a server size with capacity for the workload, in one configuration, and its cost by the number of requests. */
export interface Candidate {
  readonly id: string;
  readonly provider: ProviderId;
  /** Service whose price list it stands on. */
  readonly service: string;
  readonly configuration: Estimate['configuration'];
  readonly cost: Cost;
  /** `null` where no instance is provisioned. */
  readonly instances: Instances | null;
  readonly isDeployTarget: boolean;
  readonly legacy: Estimate['legacy'];
  readonly commitment: Estimate['commitment'];
  readonly isComplete: boolean;
  readonly notes: readonly Text[];
}

/** Instances or servers that are provisioned all month. */
export interface Instances {
  /** How many, by the number of requests. */
  readonly count: Driver;
  /** Concurrent requests of one of them. */
  readonly capacity: Quantity;
}

/** A plan or a server size without capacity for the workload, or has no price for it. */
export interface Unavailable {
  readonly id: string;
  readonly provider: ProviderId;
  readonly reason: Text;
}

/** A server size without capacity for the workload, or has no price for it. */
export interface UnavailableServer extends Unavailable {
  readonly configuration: Estimate['configuration'];
}

/** Narrows a plan or a server size to one with capacity for the workload. */
export function isAvailable(found: Candidate | Unavailable): found is Candidate {
  return !('reason' in found);
}
