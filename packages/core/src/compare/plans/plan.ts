import type { Metered } from '../../billing/metered.ts';
import type { MeterPrice, PriceList } from '../../pricing/price-list.ts';
import type { ProviderId } from '../comparison.ts';
import type { InstanceMonth } from '../curve.ts';
import type { Workload } from '../workload.ts';

/** What a workload uses on a plan. */
export interface Use {
  /** What one request uses; every meter is proportional to the requests. */
  readonly metered: readonly Metered[];
  /** What is kept all month, whether requests come or not; absent where nothing is. */
  readonly kept?: InstanceMonth;
  /** Where what is billed is not what was asked for. */
  readonly notes: readonly string[];
}

/** A way of running a function. */
export interface Plan {
  readonly id: string;
  readonly provider: ProviderId;
  readonly list: PriceList;
  /** The most memory that an instance can have. */
  readonly maxMemoryMiB: number;
  /** The largest response in bytes; that of the provider's limits where it is absent. */
  readonly maxResponseBytes?: number;
  /** What a GiB that is sent to the internet costs on this plan; the provider's own price where it is absent. */
  readonly egressPrice?: (region: string) => MeterPrice;
  /** The longest time-out that can be set; `null` where there is no end. */
  readonly maxDurationMs: number | null;
  /** What one request of a workload within these limits uses. */
  readonly use: (workload: Workload) => Use;
}
