import type { Metered } from '../../billing/metered.ts';
import type { PriceSheet } from '../../pricing/price-sheet.ts';
import type { ProviderId } from '../comparison.ts';
import type { Workload } from '../workload.ts';

/** What one request of a workload uses on a plan; every meter is proportional to the requests. */
interface Use {
  readonly metered: readonly Metered[];
  /** Where what is billed is not what was asked for. */
  readonly notes: readonly string[];
}

/** A way of running a function that is paid by use. */
export interface Plan {
  readonly id: string;
  readonly provider: ProviderId;
  readonly sheet: PriceSheet;
  /** The most memory that an instance can have. */
  readonly maxMemoryMiB: number;
  /** The longest time-out that can be set; `null` where there is no end. */
  readonly maxDurationMs: number | null;
  /** What one request of a workload within these limits uses. */
  readonly use: (workload: Workload) => Use;
}
